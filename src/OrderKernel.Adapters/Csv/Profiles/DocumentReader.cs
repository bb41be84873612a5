using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace OrderKernel.Adapters.Csv.Profiles;

/// <summary>From the JSON of one document to its profile.</summary>
internal static class DocumentReader
{
    public static DocumentProfile Read(ProfileNode node, DocumentShape shape, Settings shared)
    {
        node.Members(Settings.Names.Concat(
            new[] { "files", "columns", "defaults", "words", "partial", "shorten", "rowPer", "samples" }).ToArray());
        Settings settings = Settings.Read(node, shared);
        ImmutableArray<string> files = node.Member("files").Texts(ImmutableArray<string>.Empty);
        if (files.IsEmpty)
        {
            node.Member("files").Fault(ProfileFaults.Missing, "[\"" + shape.Kind + ".csv\"]");
        }

        string[] fields = shape.Fields.Select(static field => field.Name).ToArray();
        ImmutableArray<KeyValuePair<string, string>> columns = ImmutableArray.CreateRange(
            node.Member("columns").Members(),
            column => new KeyValuePair<string, string>(column.Key, column.Value.OneOf(fields[0], fields)));
        var defaults = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, ProfileNode> stated in node.Member("defaults").Members(fields))
        {
            defaults[stated.Key] = stated.Value.Text(string.Empty);
        }

        var profile = new DocumentProfile(
            shape, files, settings.Delimiter, settings.Quotes, settings.Encoding, settings.Formats, settings.Promise, settings.Fact,
            columns, defaults.ToImmutable(), OrderStatus.Words(node, shape, Words(node.Member("words"), fields)),
            Fields(node.Member("partial"), shape, static field => field.IsRequired && field.Kind == FieldKind.Moment),
            Fields(node.Member("shorten"), shape, static field => field.Kind == FieldKind.Key),
            node.Member("rowPer").OneOf("order", "order", "line") == "line")
        {
            Samples = SampleReader.Read(node.Member("samples"), shape),
        };
        foreach (FieldShape field in shape.Fields)
        {
            if (profile.Needs(field) && !profile.Gives(field.Name))
            {
                node.Member("columns").Fault(ProfileFaults.FieldUnmapped, field.Name);
            }
        }

        return profile;
    }

    private static ImmutableArray<string> Fields(ProfileNode node, DocumentShape shape, Func<FieldShape, bool> fits)
    {
        ImmutableArray<string> named = node.Texts(ImmutableArray<string>.Empty);
        string[] known = shape.Fields.Where(fits).Select(static field => field.Name).ToArray();
        foreach (string field in named)
        {
            if (!known.Contains(field, StringComparer.Ordinal))
            {
                node.Fault(ProfileFaults.ValueUnknown, field, string.Join(", ", known));
            }
        }

        return named;
    }

    private static ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Words(
        ProfileNode node, string[] fields)
    {
        var words = ImmutableSortedDictionary.CreateBuilder<string, ImmutableSortedDictionary<string, string>>(
            StringComparer.Ordinal);
        foreach (KeyValuePair<string, ProfileNode> field in node.Members(fields))
        {
            words[field.Key] = field.Value.Members().ToImmutableSortedDictionary(
                static word => word.Key, static word => word.Value.Text(string.Empty), StringComparer.Ordinal);
        }

        return words.ToImmutable();
    }
}
