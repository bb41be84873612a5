using System.Collections.Generic;
using System.Collections.Immutable;

namespace OrderKernel.Adapters.Csv.Profiles;

/// <summary>A row that a profile carries as a test of itself, and what must come of it.</summary>
/// <param name="Path">Where in the profile that is stated.</param>
/// <param name="Name">Its name; its number from 1 where it has none.</param>
/// <param name="Row">The cells by header.</param>
/// <param name="IsRefused">Whether the row must be refused.</param>
/// <param name="Expected">The code by column when it must be refused, else the value by field, as
/// <see cref="SampleValue"/> writes it.</param>
internal sealed record ProfileSample(
    string Path, string Name, ImmutableArray<KeyValuePair<string, string>> Row, bool IsRefused,
    ImmutableSortedDictionary<string, string> Expected);
