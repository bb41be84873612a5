using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Adapters.RabbitMq;

/// <summary>Outgoing messages as CloudEvents. Nothing is added that could differ between two attempts, so the bytes are the same.</summary>
internal static class Announcements
{
    public static CloudEvent ToCloudEvent(TenantId tenant, OutgoingMessage message, RabbitMqOptions options) => new(
        message.Id.ToString("D"), options.Source + "/" + Uri.EscapeDataString(tenant.Text), options.TypePrefix + TypeOf(message))
    {
        Subject = message.Stream.ToString(),
        DataContentType = "application/json",
        Data = message.Body,
        Extensions = ImmutableSortedDictionary.CreateRange<string, object>(StringComparer.Ordinal,
        [
            new("partitionkey", message.Stream.ToString()),
            new("sequence", message.Version.ToString("D10", CultureInfo.InvariantCulture)),
        ]),
    };

    public static byte[] Write(CloudEvent happened)
    {
        try
        {
            return CloudEventJson.Write(happened);
        }
        catch (FormatException fault)
        {
            throw new OrderKernelException("The message cannot be written as a CloudEvent: " + fault.Message, isTransient: false);
        }
    }

    private static string TypeOf(OutgoingMessage message)
    {
        try
        {
            using JsonDocument body = JsonDocument.Parse(message.Body);
            if (body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("type", out JsonElement type)
                && type.ValueKind == JsonValueKind.String)
            {
                return type.GetString()!;
            }
        }
        catch (JsonException)
        {
            // Told below like any other body without a type; the parser's words may quote the body.
        }

        throw new OrderKernelException("The message's body is no JSON object with a type, so nobody could read it.", isTransient: false);
    }
}
