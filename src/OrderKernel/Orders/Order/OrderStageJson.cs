using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderKernel.Orders;

/// <summary>Writes a stage with System.Text.Json as its code, such as <c>"stage.awaiting_stock"</c>.</summary>
/// <remarks><para>Errors: what is no code of a stage throws <see cref="JsonException"/>.</para></remarks>
public sealed class OrderStageJson : JsonConverter<OrderStage>
{
    /// <inheritdoc />
    public override OrderStage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? code = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return OrderStage.All.FirstOrDefault(stage => stage.Name.Code == code)
            ?? throw new JsonException("This is no stage: a code such as stage.awaiting_stock is one.");
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, OrderStage value, JsonSerializerOptions options)
    {
        if (writer is null || value is null)
        {
            throw new ArgumentNullException(writer is null ? nameof(writer) : nameof(value));
        }

        writer.WriteStringValue(value.Name.Code);
    }
}
