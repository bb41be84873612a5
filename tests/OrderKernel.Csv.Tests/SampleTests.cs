using System;
using System.IO;
using System.Linq;
using OrderKernel.Adapters.Csv.Documents;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Findings;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Csv.Tests;

/// <summary>Samples in a profile test its mapping when it is loaded.</summary>
public class SampleTests
{
    private const string Payments = """
        {
          "name": "bank",
          "documents": { "payments": {
            "files": ["payments.csv"], "delimiter": ";",
            "columns": { "No": "no", "What": "what", "Amount": "amount", "Day": "day" },
            "words": { "what": { "收款": "paid", "退款": "refunded" } }, "defaults": { "what": "paid" },
            "samples": [
              { "name": "paid", "row": { "No": "P1", "What": "收款", "Amount": "12.50", "Day": "2026-03-01" },
                "gives": { "no": "P1", "what": "paid", "amount": "12.5", "day": "2026-03-01T00:00:00Z" } },
              { "name": "refunded", "row": { "No": "P2", "What": "退款", "Amount": "3", "Day": "2026-03-02 08:00" },
                "gives": { "no": "P2", "what": "refunded", "amount": "3", "day": "2026-03-02T16:00:00+08:00" } },
              { "name": "by default", "row": { "No": "P3", "Amount": "0" },
                "gives": { "no": "P3", "what": "paid", "amount": "0", "day": null } },
              { "name": "another word", "row": { "No": "P4", "What": "赊账", "Amount": "1" }, "refused": { "What": "csv.not_word" } },
              { "row": { "What": "收款", "Amount": "-1", "Day": "1 March" },
                "refused": { "No": "csv.empty", "Amount": "csv.not_price", "Day": "csv.not_date" } }
            ]
          } }
        }
        """;

    [Fact]
    [Trait("Req", "S3-04")]
    public void FiveMessagesPass_AndAChangedTargetTypeFailsAtLoad()
    {
        DocumentProfile payments = Load(Payments, FieldKind.Price).Document("payments")!;
        byte[] file = """
            No;What;Amount;Day
            P1;收款;12.50;2026-03-01
            P2;退款;3;2026-03-02 08:00
            P3;;0;
            P4;赊账;1;
            ;收款;-1;1 March

            """u8.ToArray();
        CsvDocument read = CsvDocument.Read(file, "payments.csv", payments);
        Assert.Equal(
            [("P1", "paid", 12.5m), ("P2", "refunded", 3m), ("P3", "paid", 0m)],
            read.Rows.Select(static row => (row.Text("no")!, row.Text("what")!, row.Price("amount")!.Value)));
        Assert.Equal(
            ["5 csv.not_word", "6 csv.empty,csv.not_price,csv.not_date"],
            read.DeadLetters.Select(static dead => $"{dead.Row} {string.Join(",", dead.Reasons.Select(static r => r.Code))}"));

        ProfileException asQuantity = Assert.Throws<ProfileException>(static () => Load(Payments, FieldKind.Quantity));
        Assert.Equal(
            [
                "paid Amount \"12.5\" csv.not_quantity", "refunded Amount \"3\" 3", "by default Amount \"0\" csv.not_quantity",
                "5 Amount csv.not_price csv.not_quantity",
            ],
            asQuantity.Faults.Select(Differing));
        foreach (FieldKind other in new[] { FieldKind.Key, FieldKind.Text, FieldKind.Moment, FieldKind.Promise, FieldKind.Number })
        {
            ProfileException refused = Assert.Throws<ProfileException>(() => Load(Payments, other));
            Assert.All(refused.Faults, static fault => Assert.Equal("profile.sample_differs", fault.Code));
        }
    }

    [Fact]
    public void ADifference_NamesProfileSampleColumnExpectedAndActual_InBothLanguages()
    {
        string json = Payments.Replace("\"退款\": \"refunded\"", "\"退款\": \"returned\"", StringComparison.Ordinal);
        ProfileException refused = Assert.Throws<ProfileException>(() => Load(json, FieldKind.Price));
        Finding fault = Assert.Single(refused.Faults);
        Assert.Equal("documents.payments.samples[1].gives.what", fault.Field);
        Assert.Equal(
            "Sample 'refunded' of profile 'bank', column 'What': expected \"refunded\", got \"returned\". "
            + "Correct the mapping or the sample.",
            fault.Text(Language.English));
        Assert.Equal(
            "配置“bank”的样例“refunded”，列“What”：应得 \"refunded\"，实得 \"returned\"。请修正映射或样例。", fault.Text(Language.Chinese));
    }

    [Theory]
    [InlineData("\"day\": null", "\"day\": \"2026-03-01T00:00:00Z\"", "by default Day \"2026-03-01T00:00:00Z\" null")]
    [InlineData(", \"day\": \"2026-03-01T00:00:00Z\"", "", "paid Day null \"2026-03-01T00:00:00Z\"")]
    [InlineData("\"csv.not_word\"", "\"csv.empty\"", "another word What csv.empty csv.not_word")]
    [InlineData("\"No\": \"csv.empty\", ", "", "5 No ok csv.empty")]
    [InlineData("\"What\": \"csv.not_word\"", "\"What\": \"csv.not_word\", \"Sum\": \"csv.empty\"", "another word Sum csv.empty null")]
    [InlineData("\"What\": \"赊账\"", "\"What\": \"收款\"", "another word What csv.not_word \"paid\"")]
    public void WhatAMappingGives_MustBeWhatItsSamplesSay(string old, string change, string expected)
    {
        ProfileException refused = Assert.Throws<ProfileException>(
            () => Load(Payments.Replace(old, change, StringComparison.Ordinal), FieldKind.Price));
        Assert.Equal(expected, Differing(Assert.Single(refused.Faults)));
    }

    [Fact]
    public void SamplesOfAnotherForm_AreRefusedWithTheirPlaces_AllAtOnce()
    {
        ProfileException refused = Assert.Throws<ProfileException>(static () => ImportProfile.Parse(Profile.Json.Replace(
            "\"files\": [\"lines.csv\"],",
            """
            "files": ["lines.csv"], "samples": [
              7, {}, { "row": { "no": 5 }, "gives": { "no": "A" } }, { "row": { "no": "A" }, "gives": { "sku": [] } },
              { "row": { "no": "A" }, "gives": { "sku": "S" }, "refused": {} }
            ],
            """,
            StringComparison.Ordinal).Replace("\"files\": [\"stock.csv\"],", "\"files\": [], \"samples\": {},", StringComparison.Ordinal)));
        string[] places = refused.Faults.Select(static fault => fault.Field + " " + fault.Code[8..]).Distinct().ToArray();
        const string At = "documents.lines.samples";
        Assert.Equal(
            [
                At + "[0] wrong_type", At + "[0].row member_missing", At + "[0].gives member_missing",
                At + "[1].row member_missing", At + "[1].gives member_missing",
                At + "[2].row.no wrong_type", At + "[2].gives.no member_unknown", At + "[2].gives member_missing",
                At + "[3].gives.sku wrong_type",
                At + "[4].gives member_unknown", At + "[4].refused member_missing",
                "documents.stock.files member_missing", "documents.stock.samples wrong_type",
            ],
            places);
    }

    [Fact]
    public void TheShippedProfileWithSamples_FailsToLoadOnceATargetChanges()
    {
        string json = File.ReadAllText(Repository.Path("samples", "OrderHub", "profiles", "taobao.json"));
        Assert.NotNull(ImportProfile.Parse(json));
        ProfileException refused = Assert.Throws<ProfileException>(() => ImportProfile.Parse(
            json.Replace("\"宝贝总数量\": \"quantity\"", "\"宝贝总数量\": \"line\", \"n\": \"quantity\"", StringComparison.Ordinal)));
        Assert.Equal(
            ["two pieces 宝贝总数量 null 2", "two pieces n 2 csv.empty", "half a piece n ok csv.empty"], refused.Faults.Select(Differing));
    }

    private static ImportProfile Load(string json, FieldKind amount) => ImportProfile.Parse(
        json,
        [
            new DocumentShape(
                "payments", new FieldShape("no", FieldKind.Key, true), new FieldShape("what", FieldKind.Text, true),
                new FieldShape("amount", amount, true), new FieldShape("day", FieldKind.Moment)),
        ]);

    // Sample, column, expected, actual.
    private static string Differing(Finding fault) =>
        string.Join(" ", fault.Facts.Where(static fact => fact.Name != "profile").Select(static fact => fact.Value));
}
