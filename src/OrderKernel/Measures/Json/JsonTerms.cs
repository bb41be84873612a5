using OrderKernel.Findings;

namespace OrderKernel.Measures;

/// <summary>How definitions write a code with its names.</summary>
internal static class JsonTerms
{
    /// <summary>Writes <c>code</c>, <c>en</c> and <c>zh</c> as members of the open object.</summary>
    public static JsonText WriteTerm(this JsonText json, Term term, string member = "code") =>
        json.Member(member, term.Code).Member("en", term.English).Member("zh", term.Chinese);
}
