using System;
using System.Linq;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Findings;
using OrderKernel.Orders;
using Xunit;

namespace OrderKernel.Csv.Tests;

public class ProfileTests
{
    [Fact]
    public void Profile_TellsWhatItSays()
    {
        ImportProfile profile = ImportProfile.Parse("""
            { // comments are welcome
              "name": "x", "signOff": "shipment", "absent": ["delivered_at", "supply"],
              "currency": { "code": "JPY", "places": 0 },
              "delimiter": ";", "zone": "Asia/Shanghai",
              "documents": { "orders": { "files": ["a.csv", "b.csv"], "delimiter": "\t",
                "columns": { "A": "order", "B": "customer", "C": "placed_at", "D": "shipped_at" } } },
            }
            """);
        DocumentProfile orders = profile.Document("orders")!;
        Assert.Equal(
            (SignOff.Shipment, "JPY", '\t', "Asia/Shanghai", "auto"),
            (profile.SignOff, profile.Currency.Code, orders.Delimiter, orders.Zone, orders.Encoding));
        Assert.True(profile.States("shipped_at"));
        Assert.False(profile.States("delivered_at"));
        Assert.False(profile.States("promised_at"));
        Assert.Null(profile.Document("lines"));
    }

    [Fact]
    public void Profile_WithManyFaults_NamesEveryMemberAndTheRemedyAtOnce()
    {
        var refused = Assert.Throws<ProfileException>(static () => ImportProfile.Parse("""
            {
              "name": "Not This", "zone": "Mars/Olympus", "encoding": "latin1", "decimal": ",", "thousands": ",", "colour": 1,
              "dates": ["qqq"], "dateOnly": { "promise": "noonish" }, "nullWords": "NULL", "absent": ["shipped_at", "love"],
              "currency": { "code": "yuan", "places": 9 },
              "documents": {
                "orders": { "columns": { "A": "order", "B": "buyer", "C": "shipped_at" } },
                "invoices": {}
              }
            }
            """));
        Assert.Equal(
            [
                "absent", "absent", "colour", "currency.code", "currency.places", "dateOnly.promise", "dates",
                "documents.invoices", "documents.orders.columns", "documents.orders.columns",
                "documents.orders.columns.B", "documents.orders.files",
                "encoding", "name", "nullWords", "thousands", "zone",
            ],
            refused.Faults.Select(static fault => fault.Field).Order(StringComparer.Ordinal));
        Assert.Contains("zone: 'Mars/Olympus' is not known here. Use IANA", refused.Message, StringComparison.Ordinal);
        Assert.Contains("documents.orders.columns: 没有列对应“customer”", refused.Text(Language.Chinese), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"name\":5,\"documents\":[]}")]
    [InlineData("{\"name\":\"x\",\"documents\":{\"orders\":7}}")]
    [InlineData("{\"name\":\"x\",\"documents\":{\"orders\":{\"columns\":[],\"defaults\":3,\"words\":{\"order\":4}}}}")]
    [InlineData("{\"name\":\"x\",\"currency\":\"CNY\",\"dateOnly\":\"late\",\"documents\":{}}")]
    public void Profile_OfAnotherForm_IsRefusedWithAPlace(string json)
    {
        var refused = Assert.Throws<ProfileException>(() => ImportProfile.Parse(json));
        Assert.All(refused.Faults, static fault => Assert.NotEmpty(fault.Field));
        Assert.NotEmpty(refused.Faults);
    }

    [Fact]
    public void Words_TurnCellsIntoCodes_AndRefuseOthers()
    {
        var shape = new DocumentShape("events", new FieldShape("what", FieldKind.Text, true));
        ImportProfile profile = ImportProfile.Parse(
            """
            { "name": "x", "documents": { "events": {
              "files": ["e.csv"], "columns": { "事项": "what" }, "words": { "what": { "发货": "ship" } } } } }
            """,
            [shape]);
        CsvDocument read = Profile.Read("events", "事项\n发货\nship\n收款\n"u8.ToArray(), profile);
        Assert.Equal(["ship", "ship"], read.Rows.Select(static row => row.Text("what")));
        Assert.Equal(
            "This is none of the words that the profile knows (发货).", Assert.Single(read.DeadLetters).Text(Language.English));
        Assert.Throws<ArgumentException>(() => read.Rows[0].Text("when"));
        Assert.Throws<ArgumentException>(() => read.Rows[0].Moment("what"));
    }

    [Fact]
    public void Shorten_CutsLongNames_AndKeepsTheirDifference()
    {
        ImportProfile profile = ImportProfile.Parse(Profile.Json.Replace(
            "\"files\": [\"lines.csv\"],", "\"files\": [\"lines.csv\"], \"shorten\": [\"sku\"],", StringComparison.Ordinal));
        string stem = new('a', 70);
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes($"no,line,sku,qty,price\nA,1,{stem}x,1,\nA,2,{stem}y,1,\nA,3,short,1,\n");
        string[] skus = Profile.Read("lines", bytes, profile).Rows.Select(static row => row.Text("sku")!).ToArray();
        Assert.Equal(["short"], skus.Where(static sku => sku.Length < 64));
        Assert.Equal(3, skus.Distinct().Count());
        Assert.All(skus.Take(2), sku => Assert.StartsWith(stem[..55] + "~", sku, StringComparison.Ordinal));
        Assert.Equal(2, Profile.Read("lines", bytes).DeadLetters.Length);
    }

    [Fact]
    public void Partial_LetsANeededMomentBeAbsent_AndOnlyThat()
    {
        string json = Profile.Json.Replace(
            "\"files\": [\"orders.csv\"],", "\"files\": [\"orders.csv\"], \"partial\": [\"placed_at\"],", StringComparison.Ordinal);
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(Profile.Head + "A,C1,,,,,\nB,,2026-09-01,,,,\n");
        CsvDocument read = Profile.Read("orders", bytes, ImportProfile.Parse(json));
        Assert.Null(Assert.Single(read.Rows).Moment("placed_at"));
        Assert.Equal(3, Assert.Single(read.DeadLetters).Row);
        ProfileException bad = Assert.Throws<ProfileException>(() => ImportProfile.Parse(json.Replace(
            "\"partial\": [\"placed_at\"]", "\"partial\": [\"customer\"]", StringComparison.Ordinal)));
        Assert.Equal("documents.orders.partial", bad.Faults[0].Field);
    }

    [Fact]
    public void Shape_WithAFieldTwiceOrNone_IsAProgrammersError()
    {
        Assert.Throws<ArgumentException>(static () => new DocumentShape("x"));
        Assert.Throws<ArgumentException>(static () => new DocumentShape(
            "x", new FieldShape("a", FieldKind.Key), new FieldShape("a", FieldKind.Text)));
    }

    [Fact]
    public void EveryKindOfFinding_IsListedOnceInBothLanguages()
    {
        var catalog = new FindingCatalog(ProfileFaults.All.AddRange(CsvFindings.All));
        foreach (Type type in new[] { typeof(ProfileFaults), typeof(CsvFindings) })
        {
            foreach (var property in type.GetProperties().Where(static property => property.PropertyType == typeof(FindingKind)))
            {
                var kind = (FindingKind)property.GetValue(null)!;
                Assert.Same(kind, catalog.Find(kind.Code));
                Assert.Contains(kind.Name.Chinese, static c => c is >= '\u4e00' and <= '\u9fff');
            }
        }
    }
}
