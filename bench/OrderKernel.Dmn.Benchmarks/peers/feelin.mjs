// npm feelin: every cell as a unary test; it has no compile step, so each call parses.
import { readFileSync } from 'node:fs';
import { unaryTest } from 'feelin';

const { rows, inputs } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const orders = inputs.slice(0, 8); // it is slow; eight orders, the last passes are warm
const holds = (cell, value) => {
  const answer = unaryTest(cell, { '?': value });
  return (answer && typeof answer === 'object' && 'value' in answer ? answer.value : answer) === true;
};
const match = order => rows.filter(row => row.every((cell, i) => cell === '-' || holds(cell, order[i]))).length;
let hits = 0;
orders.forEach(o => { hits += match(o); });
let best = Infinity;
for (let repeat = 0; repeat < 6; repeat++) {
  const from = process.cpuUsage();
  orders.forEach(match);
  const used = process.cpuUsage(from);
  best = Math.min(best, (used.user + used.system) / orders.length);
}
console.log(JSON.stringify({ us: best, hits, orders: orders.length }));
