using OrderKernel.Findings;

namespace OrderKernel.Journal;

/// <summary>Points at personal data kept apart (name, phone, address), at one version of it.</summary>
/// <remarks>
/// <para>Events, messages and logs carry this and never the data, so that erasing the record erases the person.</para>
/// </remarks>
public sealed record SubjectReference
{
    /// <summary>Makes a reference.</summary>
    /// <param name="subject">The id of the record; at most 64 characters, meaningless by itself.</param>
    /// <param name="version">Which version of the record; 1 or more.</param>
    /// <exception cref="System.ArgumentException">The id is blank or the version below 1.</exception>
    public SubjectReference(string subject, int version)
    {
        Subject = TextRule.CheckName(subject, nameof(subject), 64);
        Version = version >= 1 ? version : throw new System.ArgumentOutOfRangeException(nameof(version), "Versions start at 1.");
    }

    /// <summary>The id of the record.</summary>
    public string Subject { get; }

    /// <summary>Which version of the record.</summary>
    public int Version { get; }
}
