using System.Text.Json.Serialization;

namespace OrderKernel.Findings;

/// <summary>How much a finding weighs.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
public enum Severity
{
    /// <summary>Worth knowing; nothing has to be done.</summary>
    Note = 0,

    /// <summary>Somebody should look at it; the command may go on.</summary>
    Warning = 1,

    /// <summary>The command or document is refused because of it.</summary>
    Refusal = 2,
}
