using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace OrderKernel.Adapters.Csv.Profiles;

/// <summary>From the JSON of a document's samples to samples.</summary>
internal static class SampleReader
{
    public static ImmutableArray<ProfileSample> Read(ProfileNode samples, DocumentShape shape) =>
        ImmutableArray.CreateRange(samples.Items().Select((node, i) => One(node, i + 1, shape)));

    private static ProfileSample One(ProfileNode node, int number, DocumentShape shape)
    {
        // A sample is taken or refused; the other member is unknown to it.
        bool isRefused = node.Member("refused").IsPresent;
        string outcome = isRefused ? "refused" : "gives";
        node.Members("name", "row", outcome);
        ProfileNode stated = node.Member(outcome);
        ImmutableArray<KeyValuePair<string, string>> row = ImmutableArray.CreateRange(
            Needed(node.Member("row"), "{ \"header\": \"cell\" }"),
            static cell => new KeyValuePair<string, string>(cell.Key, cell.Value.Text(string.Empty)));
        var expected = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        string[] fields = shape.Fields.Select(static field => field.Name).ToArray();
        foreach (KeyValuePair<string, ProfileNode> member in isRefused
            ? Needed(stated, "{ \"header\": \"csv.not_date\" }")
            : Needed(stated, "{ \"" + fields[0] + "\": \"A-1\" }", fields))
        {
            expected[member.Key] = isRefused
                ? member.Value.Text(string.Empty)
                : member.Value.Scalar() is { } value
                    ? SampleValue.Of(value, shape.Fields[shape.IndexOf(member.Key)].Kind)
                    : SampleValue.Empty;
        }

        string name = node.Member("name").Text(number.ToString(CultureInfo.InvariantCulture));
        return new ProfileSample(stated.Path, name, row, isRefused, expected.ToImmutable());
    }

    private static ImmutableArray<KeyValuePair<string, ProfileNode>> Needed(ProfileNode node, string example, params string[] known)
    {
        ImmutableArray<KeyValuePair<string, ProfileNode>> members = node.Members(known);
        if (members.IsEmpty)
        {
            node.Fault(ProfileFaults.Missing, example);
        }

        return members;
    }
}
