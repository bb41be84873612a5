using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Models;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Values;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn.Analysis;

/// <summary>What lies between the tables of a model.</summary>
internal static class ModelAnalysis
{
    public static IEnumerable<Finding> Of(DmnModel model)
    {
        HashSet<Element> required = new(model.Elements.OfType<LogicElement>().SelectMany(l => l.Requires)
            .Concat(model.Elements.OfType<ServiceElement>().SelectMany(s => s.Inputs)));
        foreach (InputElement input in model.Elements.OfType<InputElement>().Where(i => !required.Contains(i)))
        {
            yield return DmnFindings.InputUnused.About(input.Name, string.Empty, input.Name);
        }

        foreach (DecisionElement user in model.Elements.OfType<DecisionElement>())
        {
            foreach (DecisionElement source in user.Requires.OfType<DecisionElement>())
            {
                foreach (Finding finding in Untested(source, user))
                {
                    yield return finding;
                }
            }
        }
    }

    // An answer of one table that the column reading it in another never asks for falls to the catch-all or to nothing.
    private static IEnumerable<Finding> Untested(DecisionElement source, DecisionElement user)
    {
        if (source.Logic is not TableNode { Table: { Outputs.Length: 1 } answers }
            || user.Logic is not TableNode { Table: DecisionTable asks })
        {
            yield break;
        }

        for (int column = 0; column < asks.Inputs.Length; column++)
        {
            if (asks.Inputs[column].Expression is not NameNode name || name.Name != source.Name)
            {
                continue;
            }

            Run run = CellTests.Allowance(asks.Rows.Length + answers.Rows.Length);
            List<CellTests> cells = asks.Rows.Select(r => CellTests.Of(r.Cells[column], run)).ToList();
            Atoms? atoms = Atoms.Of(cells);
            if (atoms is null || cells.Any(c => c.IsOpaque || c.IsAny))
            {
                continue;
            }

            foreach (string value in answers.Rows.Select(r => CellTests.Constant(r.Outputs[0], run)).Where(v => v is { IsNull: false })
                .Where(v => atoms.Of(v!) is int atom && atom >= 0
                    && !cells.Any(c => atoms.Cell(c) is ulong[] set && Bits.Has(set, atom)))
                .Select(v => v!.ToLiteral()).Distinct())
            {
                yield return DmnFindings.ValueUntested.About(source.Name, string.Empty, source.Name, value, user.Name);
            }
        }
    }
}
