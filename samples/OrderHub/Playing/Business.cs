using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using OrderHub.Importing;
using OrderKernel.Adapters.Csv.Documents;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Cli;
using OrderKernel.Findings;

namespace OrderHub.Playing;

/// <summary>One of the bundled businesses: its files, read through its own profile.</summary>
internal sealed class Business
{
    private Business(Term name, ImportProfile profile, string folder)
    {
        Name = name;
        Profile = profile;
        Runs = BusinessPack.Load(name.Code);
        OrderDocuments documents = OrderDocuments.Join(profile, Read("orders", folder), Read("lines", folder));
        CsvDocument stock = Read("stock", folder);
        CsvDocument happenings = Read("happenings", folder);
        CsvDocument customers = Read("customers", folder);
        Orders = documents.Orders;
        Receipts = StockDocuments.Receipts(stock);
        Happenings = Happening.Of(happenings);
        Customers = customers.Rows.ToImmutableSortedDictionary(
            static row => row.Text("code")!, static row => row.Text("name")!, StringComparer.Ordinal);
        DeadLetters = ImmutableArray.CreateRange(documents.DeadOrders
            .Concat(documents.DeadLines).Concat(stock.DeadLetters).Concat(happenings.DeadLetters).Concat(customers.DeadLetters));
    }

    /// <summary>All five, in the order in which they are shown.</summary>
    public static ImmutableArray<Term> Names { get; } = ImmutableArray.Create(
        new Term("medical", "Medical-device trader", "医疗器械经营"),
        new Term("plant", "Make-to-order plant", "按单生产工厂"),
        new Term("hardware", "Hardware wholesale", "五金批发"),
        new Term("reagents", "IVD reagents", "体外诊断试剂"),
        new Term("autoparts", "Auto parts", "汽车配件"));

    public Term Name { get; }

    public ImportProfile Profile { get; }

    /// <summary>The pack it runs on.</summary>
    public BusinessPack Runs { get; }

    /// <summary>Whether its orders hold nothing before their deposit is paid.</summary>
    public bool TakesDeposits => Runs.Pack.Types.Any(type => type.Code == Profile.OrderType && type.Feature("deposit") is not null);

    public ImmutableArray<ImportedOrder> Orders { get; }

    public ImmutableArray<StockReceipt> Receipts { get; }

    public ImmutableArray<Happening> Happenings { get; }

    /// <summary>Company names by partner code.</summary>
    public ImmutableSortedDictionary<string, string> Customers { get; }

    public ImmutableArray<DeadLetter> DeadLetters { get; }

    public static Business Load(Term name)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "data", name.Code);
        ImmutableArray<DocumentShape> shapes = DocumentShape.BuiltIn.Add(Happening.Shape).Add(CustomersShape);
        return new Business(name, ImportProfile.Parse(TextFile.Read(Path.Combine(folder, "profile.json")), shapes), folder);
    }

    private static DocumentShape CustomersShape { get; } = new(
        "customers", new FieldShape("code", FieldKind.Key, true), new FieldShape("name", FieldKind.Text, true));

    private CsvDocument Read(string kind, string folder)
    {
        DocumentProfile document = Profile.Document(kind) ?? throw new InputException($"{Profile.Name}: {kind}?");
        string file = Path.Combine(folder, document.Files[0]);
        return CsvDocument.Read(File.ReadAllBytes(file), document.Files[0], document);
    }
}
