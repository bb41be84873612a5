// npm @gorules/zen-engine: the same rows as a JDM decision table with hit policy collect.
import { readFileSync } from 'node:fs';
import { ZenEngine } from '@gorules/zen-engine';

const { rows, inputs } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const fields = ['a', 'b', 'c', 'd', 'e'];
const graph = {
  nodes: [
    { id: 'in', name: 'in', type: 'inputNode', position: { x: 0, y: 0 } },
    {
      id: 't', name: 't', type: 'decisionTableNode', position: { x: 0, y: 0 },
      content: {
        hitPolicy: 'collect',
        inputs: fields.map(f => ({ id: f, name: f, field: f, type: 'expression' })),
        outputs: [{ id: 'o', name: 'o', field: 'o', type: 'expression' }],
        rules: rows.map((row, n) => Object.fromEntries([['_id', String(n)], ...row.map((cell, i) => [fields[i], cell === '-' ? '' : cell]), ['o', String(n)]])),
      },
    },
    { id: 'out', name: 'out', type: 'outputNode', position: { x: 0, y: 0 } },
  ],
  edges: [{ id: '1', sourceId: 'in', targetId: 't', type: 'edge' }, { id: '2', sourceId: 't', targetId: 'out', type: 'edge' }],
};
const decision = new ZenEngine().createDecision(Buffer.from(JSON.stringify(graph)));
const orders = inputs.map(values => Object.fromEntries(values.map((v, i) => [fields[i], v])));
let hits = 0;
for (const order of orders) {
  const { result } = await decision.evaluate(order);
  hits += Array.isArray(result) ? result.length : 0;
}
let best = Infinity;
for (let repeat = 0; repeat < 5; repeat++) {
  const from = process.cpuUsage();
  for (const order of orders) await decision.evaluate(order);
  const used = process.cpuUsage(from);
  best = Math.min(best, (used.user + used.system) / orders.length);
}
console.log(JSON.stringify({ us: best, hits, orders: orders.length }));
