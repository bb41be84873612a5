using System.Text.Json;
using OrderKernel.Access;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Packs;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>Reads a stored command of any room.</summary>
internal static class StoredCommands
{
    public static KernelCommand Read(string body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        string type = document.RootElement.OptionalText("type") ?? string.Empty;
        return ExportOrders.Read(type, document.RootElement) ?? DeniedCommand.Read(type, document.RootElement)
            ?? (KernelCommand?)DefinitionCommand.Read(type, document.RootElement)
            ?? StoredForms.ReadCommand(body);
    }
}
