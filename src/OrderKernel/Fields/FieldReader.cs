using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Findings;
using OrderKernel.Measures;

namespace OrderKernel.Fields;

/// <summary>The JSON of fields.</summary>
internal static class FieldReader
{
    private static readonly string[] Subjects = { "order", "line", "customer", "sku" };
    private static readonly string[] Types = { "text", "integer", "decimal", "money", "date", "boolean", "choice" };
    private static readonly string[] Sensitivities = { "public", "internal", "personal" };

    public static string Code(FieldSubject of) => Subjects[(int)of];

    public static string Code(FieldType type) => Types[(int)type];

    /// <summary>A type that may stand without choices.</summary>
    public static FieldType Type(DefinitionNode node) =>
        (FieldType)OneOf(node, Types.Where(static type => type != "choice").ToArray());

    public static FieldSet? ReadSet(DefinitionNode root)
    {
        var fields = new SortedDictionary<string, FieldDefinition>(StringComparer.Ordinal);
        foreach (DefinitionNode node in root.Only("fields").Entries("fields"))
        {
            FieldDefinition? field = Read(node);
            if (field is not null && fields.ContainsKey(field.Code))
            {
                node.Note(DefinitionFaults.Repeated, "code", field.Code);
            }
            else if (field is not null)
            {
                fields.Add(field.Code, field);
            }
        }

        foreach (DefinitionNode node in root.Entries("fields"))
        {
            CheckNeeds(node, fields);
        }

        return new FieldSet(fields.Values);
    }

    public static FieldDefinition? Read(DefinitionNode node)
    {
        Term? name = node.Only("code", "en", "zh", "of", "type", "choices", "max_length", "places", "required",
                "sensitivity", "owner_system")
            .Term();
        node.NoteNames(name);
        var of = (FieldSubject)OneOf(node.Needed("of"), Subjects);
        var type = (FieldType)OneOf(node.Needed("type"), Types);
        var sensitivity = (Sensitivity)OneOf(node.Needed("sensitivity"), Sensitivities);
        ImmutableArray<Term> choices = ReadChoices(node);
        if ((type == FieldType.Choice) == choices.IsEmpty)
        {
            node.Note(FieldFindings.ChoicesMismatch, "choices");
        }

        if (sensitivity == Sensitivity.Personal && of <= FieldSubject.Line)
        {
            node.Note(FieldFindings.PersonalOnOrder, "sensitivity", name?.Code ?? "-");
        }

        int maxLength = node.At("max_length").IsThere ? node.Int("max_length") : FieldDefinition.DefaultLength;
        int places = node.At("places").IsThere ? node.Int("places") : 0;
        Within(node.At("max_length"), maxLength, 1, 400);
        Within(node.At("places"), places, 0, 9);
        var needs = ImmutableArray.CreateBuilder<FieldNeed>();
        foreach (DefinitionNode need in node.Entries("required"))
        {
            string field = need.Only("on", "field", "is").OptionalText("field") ?? string.Empty;
            needs.Add(new FieldNeed(need.Text("on"), field, field.Length > 0 ? need.Text("is") : string.Empty));
        }

        return name is null ? null : new FieldDefinition(
            name, of, type, choices, maxLength, places, needs.ToImmutable(), sensitivity,
            node.OptionalText("owner_system") ?? string.Empty);
    }

    public static JsonText Write(JsonText json, FieldDefinition field)
    {
        json.WriteTerm(field.Name).Member("of", Subjects[(int)field.Of]).Member("type", Types[(int)field.Type])
            .Member("sensitivity", Sensitivities[(int)field.Sensitivity]);
        if (!field.Choices.IsEmpty)
        {
            json.OpenArray("choices");
            foreach (Term choice in field.Choices)
            {
                json.OpenObject().WriteTerm(choice).CloseObject();
            }

            json.CloseArray();
        }

        if (field.MaxLength != FieldDefinition.DefaultLength)
        {
            json.Member("max_length", field.MaxLength);
        }

        if (field.Places != 0)
        {
            json.Member("places", field.Places);
        }

        if (!field.Needs.IsEmpty)
        {
            json.OpenArray("required");
            foreach (FieldNeed need in field.Needs)
            {
                json.OpenObject().Member("on", need.On).Optional("field", need.Field.Length > 0 ? need.Field : null)
                    .Optional("is", need.Field.Length > 0 ? need.Is : null).CloseObject();
            }

            json.CloseArray();
        }

        return json.Optional("owner_system", field.OwnerSystem.Length > 0 ? field.OwnerSystem : null);
    }

    private static ImmutableArray<Term> ReadChoices(DefinitionNode node)
    {
        var choices = ImmutableArray.CreateBuilder<Term>();
        foreach (DefinitionNode entry in node.Entries("choices"))
        {
            Term? choice = entry.Only("code", "en", "zh").Term();
            entry.NoteNames(choice);
            if (choice is not null && choices.Any(other => other.Code == choice.Code))
            {
                entry.Note(DefinitionFaults.Repeated, "code", choice.Code);
            }
            else if (choice is not null)
            {
                choices.Add(choice);
            }
        }

        return choices.ToImmutable();
    }

    // A need may look at any field of the same carrier, also one that is defined further down.
    private static void CheckNeeds(DefinitionNode node, SortedDictionary<string, FieldDefinition> fields)
    {
        if (!fields.TryGetValue(node.At("code").IsThere ? node.At("code").AsText() : string.Empty, out FieldDefinition? field))
        {
            return;
        }

        foreach (DefinitionNode need in node.Entries("required"))
        {
            string other = need.At("field").IsThere ? need.At("field").AsText() : string.Empty;
            string wanted = need.At("is").IsThere ? need.At("is").AsText() : string.Empty;
            if (other.Length > 0 && (!fields.TryGetValue(other, out FieldDefinition? seen) || seen.Of != field.Of || other == field.Code))
            {
                string known = string.Join(", ", fields.Values.Where(f => f.Of == field.Of && f != field).Select(f => f.Code));
                need.At("field").Wrong<object>(DefinitionForms.Of("field", known.Length == 0 ? "-" : known));
            }
            else if (other.Length > 0 && need.At("is").IsThere && fields[other].Canonical(wanted) is null)
            {
                need.At("is").Wrong<object>(DefinitionForms.Of("value", other + ": " + fields[other].Expected));
            }
        }
    }

    private static void Within(DefinitionNode node, int value, int least, int most)
    {
        if (node.IsThere && (value < least || value > most))
        {
            node.Wrong<object>(FormattableString.Invariant($"{least} to {most}"));
        }
    }

    private static int OneOf(DefinitionNode node, string[] words) => node.Parse(
        text => Array.IndexOf(words, text) is var i and >= 0 ? (int?)i : null, string.Join(", ", words)) ?? 0;
}
