using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using OrderKernel.Calendars;
using OrderKernel.Findings;
using OrderKernel.Promising;
using OrderKernel.Stock;

namespace OrderKernel.Cli;

/// <summary><c>orderkernel promise</c>: a stock picture and demands in, dated promises with reasons out.</summary>
internal static class PromiseCommand
{
    public static Command Build()
    {
        var input = new Option<FileInfo>("--in") { Description = "A JSON file: stock, lanes and lines.", Required = true };
        var asJson = new Option<bool>("--json") { Description = "Answer as JSON." };
        var calendar = new Option<FileInfo?>("--calendar")
        {
            Description = "A calendar file, as calendar import writes it; it counts instead of the one in --in.",
        };
        Option<string> language = RulesCommand.LanguageOption();
        Option<string> encoding = TextFileOption.Encoding();
        var command = new Command("promise", "What may be promised when, and why not earlier.")
        {
            input, calendar, asJson, language, encoding,
        };
        command.SetAction(parsed =>
        {
            Language spoken = RulesCommand.Language(parsed.GetValue(language)!);
            return TextFileOption.Guard(spoken, () => Run(
                parsed.GetValue(input)!, parsed.GetValue(asJson), spoken, Console.Out, parsed.GetValue(calendar),
                parsed.GetValue(encoding)!));
        });
        return command;
    }

    /// <summary>Answers a file; 1 when it cannot be read, naming the place, else 0.</summary>
    internal static int Run(
        FileInfo input, bool asJson, Language language, TextWriter to, FileInfo? calendar = null, string encoding = "utf-8")
    {
        if (!input.Exists)
        {
            Console.Error.WriteLine($"{input.FullName}: there is no such file; give an existing one with --in.");
            return 1;
        }

        try
        {
            DefinitionReading<WorkingCalendar>? years = calendar is null
                ? null
                : WorkingCalendar.Read(TextFile.Read(calendar.FullName, encoding));
            foreach (Finding fault in years?.Findings ?? [])
            {
                Console.Error.WriteLine($"{calendar!.Name}: {fault.Text(language)}");
            }

            if (years is { Value: null })
            {
                return 1;
            }

            using JsonDocument document = JsonDocument.Parse(TextFile.Read(input.FullName, encoding));
            PromiseFile? file = PromiseFile.Read(document.RootElement, out ImmutableArray<Finding> faults, years?.Value);
            if (file is null)
            {
                foreach (Finding fault in faults)
                {
                    Console.Error.WriteLine($"{input.Name}: {fault.Text(language)}");
                }

                return 1;
            }

            PromiseAnswer answer = Promises.Answer(file.Request, file.Picture, file.Policy);
            foreach (string line in asJson ? [Json(answer, language)] : Text(answer, language))
            {
                to.WriteLine(line);
            }

            return 0;
        }
        catch (JsonException fault)
        {
            Finding notJson = DefinitionFaults.NotJson.About(
                "$", string.Empty, Digits((fault.LineNumber ?? 0) + 1), Digits((fault.BytePositionInLine ?? 0) + 1));
            Console.Error.WriteLine($"{input.Name}: {notJson.Text(language)}");
            return 1;
        }
        catch (Exception fault) when (fault is ArgumentException or OverflowException)
        {
            Console.Error.WriteLine($"{input.Name}: {fault.Message}");
            return 1;
        }
    }

    private static IEnumerable<string> Text(PromiseAnswer answer, Language language)
    {
        bool zh = language == Language.Chinese;
        foreach (LinePromise line in answer.Lines)
        {
            yield return new StringBuilder(zh ? "行 " : "line ").Append(line.Line.Number).Append(": ").Append(line.Line.Quantity)
                .Append(' ').Append(line.Line.Sku).Append(zh ? "，要求 " : ", asked for ").Append(Day(line.Line.Asked)).ToString();
            foreach (PromisedShipment shipment in line.Shipments)
            {
                yield return new StringBuilder("  ").Append(shipment.Quantity).Append(zh ? " 件 " : " on ").Append(Day(shipment.Delivery))
                    .Append(zh ? " 送达，自 " : " from ").Append(shipment.Node)
                    .Append(zh ? "：备货 " : ": goods ").Append(Day(shipment.GoodsDay))
                    .Append(zh ? "，发货 " : ", leaves ").Append(Day(shipment.ShipDate))
                    .Append(zh ? "，预计到达 " : ", arrives ").Append(Day(shipment.Arrival))
                    .Append(zh ? "，缓冲天数 " : ", buffer days ").Append(shipment.BufferDays).ToString();
            }

            if (!line.Unpromised.IsZero)
            {
                yield return (zh ? "  未能承诺：" : "  not promised: ") + line.Unpromised;
            }

            foreach (PromiseConstraint constraint in line.Constraints)
            {
                yield return $"  {Day(constraint.From)}..{Day(constraint.To)} {constraint.Finding.Text(language)}";
            }
        }

        foreach (Finding finding in answer.Findings)
        {
            yield return finding.Text(language);
        }
    }

    private static string Json(PromiseAnswer answer, Language language)
    {
        using var buffer = new MemoryStream();
        var options = new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            json.WriteBoolean("full", answer.IsFull);
            if (answer.StandsUntil is { } until)
            {
                json.WriteString("stands_until", InstantPattern.ExtendedIso.Format(until));
            }

            json.WriteStartArray("lines");
            foreach (LinePromise line in answer.Lines)
            {
                WriteLine(json, line, language);
            }

            json.WriteEndArray();
            json.WriteStartArray("findings");
            foreach (Finding finding in answer.Findings)
            {
                WriteFinding(json, finding, language);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteLine(Utf8JsonWriter json, LinePromise line, Language language)
    {
        json.WriteStartObject();
        json.WriteNumber("line", line.Line.Number);
        json.WriteString("asked", Day(line.Line.Asked));
        json.WriteNumber("missing_on_asked", line.MissingOnAsked.Units);
        json.WriteNumber("unpromised", line.Unpromised.Units);
        json.WriteStartArray("shipments");
        foreach (PromisedShipment shipment in line.Shipments)
        {
            json.WriteStartObject();
            json.WriteString("node", shipment.Node.Text);
            json.WriteNumber("quantity", shipment.Quantity.Units);
            json.WriteString("goods", Day(shipment.GoodsDay));
            json.WriteString("leaves", Day(shipment.ShipDate));
            json.WriteString("arrives", Day(shipment.Arrival));
            json.WriteNumber("buffer_days", shipment.BufferDays);
            json.WriteString("delivery", Day(shipment.Delivery));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("why");
        foreach (PromiseConstraint constraint in line.Constraints)
        {
            WriteFinding(json, constraint.Finding, language);
            json.WriteString("from", Day(constraint.From));
            json.WriteString("to", Day(constraint.To));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Leaves the object open for what the caller adds.</summary>
    private static void WriteFinding(Utf8JsonWriter json, Finding finding, Language language)
    {
        json.WriteStartObject();
        json.WriteString("code", finding.Code);
        json.WriteString("text", finding.Text(language));
        json.WriteStartObject("facts");
        foreach (Fact fact in finding.Facts)
        {
            json.WriteString(fact.Name, fact.Value);
        }

        json.WriteEndObject();
    }

    private static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Day(LocalDate day) => LocalDatePattern.Iso.Format(day);
}
