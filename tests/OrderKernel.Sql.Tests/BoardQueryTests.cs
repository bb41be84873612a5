using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using OrderKernel.Adapters.Sql;
using OrderKernel.Board;
using OrderKernel.Desk;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Testing;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>A query is answered alike in memory and by every database.</summary>
public class BoardQueryTests
{
    private static readonly TenantId Tenant = new DeskOptions().Tenant;
    private static readonly string[] Keys = ["A", "B'1", "a", "单1", "！", "𠮷", "%", "_", "O\"", "é"];

    [Fact]
    public void Sqlite_AnswersAnyQueryAsMemoryDoes()
    {
        using var database = new TemporaryDatabase();
        using SqliteStore store = database.Open(SqliteDurability.UnsafeNormal);
        Agree(store, 300);
    }

    [PostgresFact]
    public void Postgres_AnswersAnyQueryAsMemoryDoes()
    {
        using var database = new PostgresDatabase();
        using PostgresStore store = database.Open();
        Agree(store, 150);
    }

    private static void Agree(IOrderBoard board, int cases)
    {
        ImmutableArray<BoardEntry> entries = [.. Enumerable.Range(0, 160).Select(Entry)];
        Assert.True(board.SaveBoardAsync(Tenant, 0, 160, entries, default).AsTask().GetAwaiter().GetResult());
        Prop.ForAll(Queries().ToArbitrary(), asked =>
        {
            // Page after page, until there is no more.
            BoardQuery query = asked;
            var pages = new List<BoardEntry>();
            while (true)
            {
                ImmutableArray<BoardEntry> expected = query.Evaluate(entries);
                ImmutableArray<BoardEntry> found = board.ReadBoardAsync(Tenant, query, default).AsTask().GetAwaiter().GetResult();
                Assert.Equal(expected.AsEnumerable(), found.AsEnumerable());
                pages.AddRange(found);
                if (found.Length < query.Size)
                {
                    Assert.Equal(entries.Count(entry => query.Filter?.Matches(entry) != false), pages.Count);
                    return;
                }

                query = new BoardQuery(query.Filter, query.Sort, query.Size, found[^1]);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(cases)));
    }

    private static BoardEntry Entry(int i)
    {
        OrderStage stage = OrderStage.All[i % OrderStage.All.Length];
        Instant? promise = i % 4 == 0 ? null : SampleUnits.Now + Duration.FromHours(i % 9);
        return new BoardEntry(
            new OrderId(Keys[i % Keys.Length] + (i / Keys.Length).ToString(CultureInfo.InvariantCulture)), i, new PartnerId("P" + (i % 3)),
            stage.Name.Code, stage.IsFinal, stage.Role, i % 5 == 0 ? "credit" : string.Empty, SampleUnits.Now + Duration.FromHours(i % 7),
            new Quantity(i), promise, promise);
    }

    private static Gen<BoardQuery> Queries() =>
        from filter in Gen.Sized(size => Filter(Math.Min(size, 3)))
        from any in Gen.Elements(true, true, false)
        from sort in Gen.Elements(BoardSort.Since, BoardSort.Promise, BoardSort.Order)
        from size in Gen.Choose(1, 60)
        select new BoardQuery(any ? filter : null, sort, size);

    private static Gen<BoardFilter> Filter(int depth)
    {
        Gen<Instant> moments = Gen.Choose(-1, 10).Select(
            hour => SampleUnits.Now + Duration.FromHours(hour) + Duration.FromNanoseconds(500));
        Gen<BoardFilter> leaf = Gen.OneOf(
            Gen.Elements(OrderStage.All.ToArray()).Select(stage => (BoardFilter)new BoardFilter.InStage(stage.Name.Code)),
            Gen.Elements("warehouse", "sales", "nobody' OR 1=1 --").Select(role => (BoardFilter)new BoardFilter.TurnOf(role)),
            Gen.Choose(0, 3).Select(i => (BoardFilter)new BoardFilter.OfCustomer(new PartnerId("P" + i))),
            Gen.Elements(true, false).Select(final => (BoardFilter)new BoardFilter.Finished(final)),
            moments.Select(at => (BoardFilter)new BoardFilter.StuckSinceBefore(at)),
            moments.Select(at => (BoardFilter)new BoardFilter.PromisedBefore(at)),
            moments.Select(BoardFilter.OverdueAt));
        return depth == 0 ? leaf : Gen.OneOf(
            leaf,
            Filter(depth - 1).Select(inner => inner.Negate()),
            Filter(depth - 1).ArrayOf(3).Select(of => (BoardFilter)new BoardFilter.All(ImmutableArray.Create(of))),
            Filter(depth - 1).ArrayOf(2).Select(of => (BoardFilter)new BoardFilter.Any(ImmutableArray.Create(of))),
            Gen.Elements<BoardFilter>(new BoardFilter.All([]), new BoardFilter.Any([])));
    }
}
