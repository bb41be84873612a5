using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using NodaTime.Text;
using OrderKernel.Findings;
using OrderKernel.Stock;

namespace OrderKernel.Promising;

/// <summary>Turns what may be promised into dates: goods, cut-off, handling, working days, trip, buffer, windows.</summary>
/// <remarks>
/// <para>A promise is the reservation that would follow, computed and not yet made: on the same picture it always succeeds, and,
/// within the limits that a line sets its own shipments, a piece more or a day earlier does not. Lines are served in their order,
/// lanes in theirs; a line is delivered on the day asked for when that can be, and goods are held no earlier than needed.</para>
/// <para>Source: docs/adr/0010-time-phased-promise.md. Cost: O(lines x delivery days tried x lanes), each what a question to a
/// <see cref="SupplyShelf"/> costs.</para>
/// </remarks>
public static class Promises
{
    /// <summary>Answers a request from one picture.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="picture">Supply and promises as they stand.</param>
    /// <param name="policy">Which supply counts; null for <see cref="SupplyPolicy.Default"/>.</param>
    /// <exception cref="ArgumentException">A line's latest day is before the day it is asked for.</exception>
    public static PromiseAnswer Answer(PromiseRequest request, SupplyPicture picture, SupplyPolicy? policy = null)
    {
        if (request is null || picture is null)
        {
            throw new ArgumentNullException(request is null ? nameof(request) : nameof(picture));
        }

        foreach (PromiseLine line in request.Lines)
        {
            if (line.Latest < line.Asked)
            {
                throw new ArgumentException($"Line {line.Number}: the latest day is before the day asked for.", nameof(request));
            }
        }

        var findings = ImmutableArray.CreateBuilder<Finding>();
        ImmutableArray<LaneSchedule> lanes = ImmutableArray.CreateRange(
            request.Lanes, lane => new LaneSchedule(lane, picture, request.AskedAt));
        foreach (LaneSchedule lane in lanes)
        {
            if (lane.Days < picture.Days)
            {
                LocalDate unknown = picture.Today.PlusDays(lane.Days);
                findings.Add(PromiseFindings.CalendarUnknown.About(
                    lane.Lane.Node.Text, string.Empty, lane.Lane.Node.Text, LocalDatePattern.Iso.Format(unknown)));
            }
        }

        var book = new SupplyBook(picture, policy);
        var search = new PromiseSearch(request, book, lanes);
        var promised = new LinePromise?[request.Lines.Length];
        for (int i = 0; i < promised.Length; i++)
        {
            if (promised[i] is null)
            {
                AnswerFrom(i, request, book, lanes, search, promised);
            }
        }

        return new PromiseAnswer(request, promised.Select(static line => line!).ToImmutableArray(), search.Holds, findings.ToImmutable());
    }

    private static void AnswerFrom(
        int first, PromiseRequest request, SupplyBook book, ImmutableArray<LaneSchedule> lanes, PromiseSearch search,
        LinePromise?[] promised)
    {
        List<int> group = GroupOf(first, request);
        List<PromiseLine> lines = group.ConvertAll(i => request.Lines[i]);
        List<ConstraintLog> logs = lines.ConvertAll(line => new ConstraintLog(line, book, lanes));
        bool whole = request.ShipComplete || lines[0].Complete || lines[0].Group.Length > 0;
        List<PromisedShipment>[] served = whole
            ? search.Complete(lines, logs) ?? Nothing(lines.Count)
            : [search.InParts(lines[0], logs[0])];
        for (int i = 0; i < group.Count; i++)
        {
            ImmutableArray<PromisedShipment> shipments = served[i].ToImmutableArray();
            promised[group[i]] = new LinePromise(lines[i], shipments, logs[i].Close(shipments, request.Windows));
        }
    }

    private static List<int> GroupOf(int first, PromiseRequest request)
    {
        var group = new List<int> { first };
        string name = request.Lines[first].Group;
        for (int i = first + 1; i < request.Lines.Length; i++)
        {
            if (request.ShipComplete || (name.Length > 0 && request.Lines[i].Group == name))
            {
                group.Add(i);
            }
        }

        return group;
    }

    private static List<PromisedShipment>[] Nothing(int lines)
    {
        var none = new List<PromisedShipment>[lines];
        for (int i = 0; i < lines; i++)
        {
            none[i] = [];
        }

        return none;
    }
}
