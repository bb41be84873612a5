using System;
using OrderKernel.Calendars;
using OrderKernel.Fields;
using OrderKernel.Findings;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Packs;

/// <summary>The canonical form of a pack: its files in ordinal order, each in its own canonical form.</summary>
internal static class PackWriter
{
    public const string Manifest = "pack.json";
    public const string Access = "access.json";
    public const string Fields = "fields.json";
    public const string Parameters = "parameters.json";
    public const string Rules = "rules.json";
    public const string Texts = "texts.json";
    public const string Types = "types.json";
    public const string SharedTypes = "types/";
    public const string Calendars = "calendars/";
    public const string Lifecycles = "lifecycles/";

    public static string Write(Pack pack)
    {
        JsonText json = JsonText.Start();
        if (pack.Access is not null)
        {
            // A nested text is written by a writer of its own, so it is finished before it goes in.
            json.Raw(Access, pack.Access.ToJson());
        }

        foreach (WorkingCalendar calendar in pack.Calendars)
        {
            json.Raw(Calendars + calendar.Name.Code + ".json", calendar.ToJson());
        }

        if (pack.Fields.All.Length > 0)
        {
            json.Raw(Fields, pack.Fields.ToJson());
        }

        foreach (LifecycleDefinition lifecycle in pack.Lifecycles)
        {
            json.Raw(Lifecycles + lifecycle.Id + ".json", lifecycle.Json);
        }

        json.OpenObject(Manifest).Member("id", pack.Id).Member("version", pack.Version)
            .Member("en", pack.Name.English).Member("zh", pack.Name.Chinese).CloseObject();
        WriteParameters(json, pack);
        WriteRules(json, pack);
        if (!pack.Texts.IsEmpty)
        {
            json.OpenObject(Texts).OpenArray("texts");
            foreach (Term text in pack.Texts)
            {
                json.OpenObject().WriteTerm(text).CloseObject();
            }

            json.CloseArray().CloseObject();
        }

        if (!pack.Types.IsEmpty)
        {
            json.OpenObject(Types).OpenArray("types");
            foreach (OrderType type in pack.Types)
            {
                json.RawElement(type.ToJson());
            }

            json.CloseArray().CloseObject();
        }

        return json.Finish();
    }

    private static void WriteParameters(JsonText json, Pack pack)
    {
        if (pack.Parameters.IsEmpty)
        {
            return;
        }

        json.OpenObject(Parameters).OpenArray("parameters");
        foreach (PackParameter parameter in pack.Parameters)
        {
            json.OpenObject().WriteTerm(parameter.Name).Member("type", FieldReader.Code(parameter.Type));
            if (parameter.Places != 0)
            {
                json.Member("places", parameter.Places);
            }

            json.Member("value", parameter.Value).CloseObject();
        }

        json.CloseArray().CloseObject();
    }

    private static void WriteRules(JsonText json, Pack pack)
    {
        if (pack.Rules.IsEmpty)
        {
            return;
        }

        json.OpenObject(Rules).OpenArray("rules");
        foreach (PackRule rule in pack.Rules)
        {
            json.OpenObject().WriteTerm(rule.Name).Member("owner", rule.Owner).OpenArray("fields");
            foreach (string field in rule.Fields)
            {
                json.Element(field);
            }

            json.CloseArray().OpenArray("parameters");
            foreach (string parameter in rule.Parameters)
            {
                json.Element(parameter);
            }

            json.CloseArray();
            if (!rule.Findings.IsEmpty)
            {
                json.OpenArray("findings");
                foreach (string finding in rule.Findings)
                {
                    json.Element(finding);
                }

                json.CloseArray();
            }

            json.CloseObject();
        }

        json.CloseArray().CloseObject();
    }
}
