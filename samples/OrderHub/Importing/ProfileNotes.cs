using System.Collections.Generic;
using System.IO;
using System.Linq;
using OrderHub.Playing;
using OrderKernel.Adapters.Csv.Documents;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Findings;

namespace OrderHub.Importing;

/// <summary>What a run over a user's files says beside its figures: what was read, assumed, refused and verified.</summary>
internal sealed class ProfileNotes(HubText text, TextWriter writer)
{
    private const int Shown = 5;

    public void Assumptions(ImportProfile profile, SourceFiles files, Survey survey, Supply supply, string database)
    {
        // One file may be read as orders and as lines; it is told once, and a column that either uses is used.
        foreach (IGrouping<string, FileSeen> file in survey.Files.GroupBy(static seen => seen.Name))
        {
            FileSeen first = file.First();
            Say(HubText.Reading, file.Key, first.Encoding, HubText.Count(first.Rows));
            foreach (Finding fault in file.SelectMany(static seen => seen.Faults))
            {
                writer.WriteLine($"  {file.Key}: {fault.Text(text.Language)}");
            }

            string[] unused = first.Unused.Where(column => file.All(seen => seen.Unused.Contains(column))).ToArray();
            if (unused.Length > 0)
            {
                Say(HubText.Unused, file.Key, string.Join(", ", unused));
            }
        }

        DocumentProfile orders = profile.Document(DocumentShape.Orders.Kind)!;
        Say(HubText.DatesMean, orders.Zone, orders.PromiseDateOnly.Text, orders.FactDateOnly.Text);
        if (!profile.Absent.IsEmpty)
        {
            Say(HubText.FactsAbsent, string.Join(", ", profile.Absent));
        }

        if (!files.HasLines)
        {
            Say(HubText.LinesDeclared, OrderDocuments.DeclaredLine.Sku.Text);
        }

        if (supply.IsDeclared && !supply.Receipts.IsEmpty)
        {
            StockReceipt opening = supply.Receipts[0];
            Say(
                HubText.Opening, opening.Document.Text, HubText.Count(opening.Lines.Sum(static line => line.Quantity.Units)),
                HubText.Count(opening.Lines.Length));
        }

        Say(HubText.Database, database);
    }

    public void DeadLetters(Survey survey, string file)
    {
        Say(
            HubText.Dead, HubText.Count(survey.DeadOrders.Count), HubText.Count(survey.Rows),
            HubText.Count(survey.DeadLines.Count), file);
        foreach (DeadLetter letter in survey.DeadOrders.Concat(survey.DeadLines).Take(Shown))
        {
            Say(HubText.DeadOne, letter.File, letter.Row.ToString("D", null), letter.Text(text.Language));
        }

        int more = survey.DeadOrders.Count + survey.DeadLines.Count - Shown;
        if (more > 0)
        {
            Say(HubText.DeadMore, HubText.Count(more));
        }

        if (survey.Cancelled > 0)
        {
            Say(HubText.Cancelled, HubText.Count(survey.Cancelled));
        }

        if (survey.OrphanLines > 0)
        {
            Say(HubText.Orphans, HubText.Count(survey.OrphanLines));
        }
    }

    public void Outcome(Tally tally, int orders, int ledger, int chains)
    {
        if (tally.Fresh == 0 && tally.Conflicts == 0)
        {
            Say(HubText.NothingChanged, HubText.Count(tally.Repeated));
        }
        else
        {
            Say(HubText.Ran, HubText.Count(tally.Fresh), HubText.Count(tally.Woken), HubText.Count(tally.Repeated));
        }

        if (tally.Conflicts > 0)
        {
            Say(HubText.Conflicts, HubText.Count(tally.Conflicts));
        }

        if (tally.Refusals.Count > 0)
        {
            Say(HubText.Refused, HubText.Count(tally.Refusals.Count));
            foreach (var refusal in tally.Refusals.Take(Shown))
            {
                Say(HubText.RefusedOne, refusal.Key, refusal.Value.Text(text.Language));
            }
        }

        if (ledger == 0 && chains == 0)
        {
            Say(HubText.Verified, HubText.Count(orders));
        }
        else
        {
            Say(HubText.NotVerified, HubText.Count(ledger), HubText.Count(chains));
        }
    }

    private void Say(FindingKind kind, params string[] facts) => writer.WriteLine(text.Say(kind, facts));
}
