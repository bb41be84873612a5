using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Adapters.Csv.Profiles;

/// <summary>From JSON to a profile, collecting every fault on the way.</summary>
internal static class ProfileReader
{
    private const string Supply = "supply";

    private static readonly JsonDocumentOptions Relaxed = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 16,
    };

    public static ImportProfile Read(string json, ImmutableArray<DocumentShape> shapes)
    {
        var faults = new List<Finding>();
        ImportProfile? profile = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Relaxed);
            profile = Profile(ProfileNode.Root(document.RootElement, faults), shapes);
        }
        catch (JsonException failure)
        {
            faults.Add(ProfileFaults.NotJson.About("profile", "(profile)", failure.Message));
        }

        // A mapping that is itself faulty would only make its samples fail in misleading ways.
        if (faults.Count == 0)
        {
            SampleCheck.Check(profile!, faults);
        }

        return faults.Count == 0 ? profile! : throw new ProfileException(ImmutableArray.CreateRange(faults));
    }

    private static ImportProfile Profile(ProfileNode root, ImmutableArray<DocumentShape> shapes)
    {
        root.Members(Settings.Names.Concat(
            new[] { "name", "description", "signOff", "currency", "orderType", "absent", "documents" }).ToArray());
        string name = Name(root.Member("name"));
        string signOff = root.Member("signOff").OneOf("delivery", "delivery", "shipment");
        Settings shared = Settings.Read(root, Settings.Default);
        var documents = ImmutableArray.CreateBuilder<DocumentProfile>();
        ProfileNode all = root.Member("documents");
        string[] kinds = shapes.Select(static shape => shape.Kind).ToArray();
        foreach (KeyValuePair<string, ProfileNode> member in all.Members(kinds))
        {
            documents.Add(DocumentReader.Read(member.Value, shapes.First(shape => shape.Kind == member.Key), shared));
        }

        if (documents.Count == 0)
        {
            all.Fault(ProfileFaults.Missing, "\"orders\": { … }");
        }

        ImmutableArray<string> absent = root.Member("absent").Texts(ImmutableArray<string>.Empty);
        CheckAbsent(root.Member("absent"), absent, documents);
        return new ImportProfile(
            name, signOff == "shipment" ? SignOff.Shipment : SignOff.Delivery, CurrencyOf(root.Member("currency")),
            root.Member("orderType").Text(string.Empty), absent, documents.ToImmutable());
    }

    private static string Name(ProfileNode node)
    {
        string? name = node.Needed("\"northwind\"");
        bool plain = name is null || name.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
        if (name is not null && (name.Length > 32 || !plain))
        {
            node.Fault(ProfileFaults.ValueUnknown, name, "a-z 0-9 - (1 … 32)");
        }

        return name ?? "-";
    }

    private static Currency CurrencyOf(ProfileNode node)
    {
        node.Members("code", "places");
        string code = node.Member("code").Text("CNY");
        int places = node.Member("places").Number(2, 0, 4);
        if (code.Length == 3 && code.All(static c => c is >= 'A' and <= 'Z'))
        {
            return new Currency(code, places);
        }

        node.Member("code").Fault(ProfileFaults.ValueUnknown, code, "ISO 4217, such as CNY");
        return Currency.Cny;
    }

    private static void CheckAbsent(ProfileNode node, ImmutableArray<string> absent, IReadOnlyList<DocumentProfile> documents)
    {
        string[] known = DocumentShape.Orders.Fields
            .Where(static field => field.Kind is FieldKind.Moment or FieldKind.Promise && !field.IsRequired)
            .Select(static field => field.Name).Append(Supply).ToArray();
        foreach (string fact in absent)
        {
            if (!known.Contains(fact, StringComparer.Ordinal))
            {
                node.Fault(ProfileFaults.ValueUnknown, fact, string.Join(", ", known));
            }

            bool mapped = documents.Any(document => ReferenceEquals(document.Shape, DocumentShape.Orders) && document.Gives(fact))
                || (fact == Supply && documents.Any(document => ReferenceEquals(document.Shape, DocumentShape.Stock)));
            if (mapped)
            {
                node.Fault(ProfileFaults.AbsentButMapped, fact);
            }
        }
    }
}
