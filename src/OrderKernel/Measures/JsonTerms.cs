using OrderKernel.Findings;

namespace OrderKernel.Measures;

/// <summary>How definitions write a code with its names.</summary>
internal static class JsonTerms
{
    /// <summary>Writes <c>id</c>, <c>en</c> and <c>zh</c> as members of the open object.</summary>
    public static JsonText WriteTerm(this JsonText json, Term term) =>
        json.Member("id", term.Code).Member("en", term.English).Member("zh", term.Chinese);
}
