using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Access;
using OrderKernel.Fields;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Packs;

/// <summary>Decides on what shall be active. Total, pure and synchronous.</summary>
public sealed partial class ActiveDefinitions
{
    /// <summary>Decides.</summary>
    /// <param name="command">What is wanted; well-formed.</param>
    /// <param name="now">The moment of the decision.</param>
    /// <remarks><para>Errors: refuses with the codes of <see cref="PackFindings"/>, all at once.</para></remarks>
    public Decision Decide(DefinitionCommand command, Instant now) => command switch
    {
        ActivatePack activate => Activate(activate, PackReader.ReadStored(activate.Pack), now),
        DeactivatePack gone => Deactivate(gone, now),
        SetParameter set => Set(set, now),
        AddField add => Add(add, now),
        RemoveField remove => Remove(remove, now),
        _ => throw new ArgumentException($"{command?.CommandType} is not decided here.", nameof(command)),
    };

    /// <summary>Where active packs, one of them perhaps replaced, define one thing differently; every conflict with both names.</summary>
    /// <param name="candidate">The pack that shall become active.</param>
    public ImmutableArray<Finding> Conflicts(Pack candidate)
    {
        if (candidate is null)
        {
            throw new ArgumentNullException(nameof(candidate));
        }

        var findings = ImmutableArray.CreateBuilder<Finding>();
        Dictionary<string, string> stated = Statements(candidate).ToDictionary(static s => s.Key, static s => s.Value);
        foreach (Pack other in Packs.Where(pack => pack.Id != candidate.Id))
        {
            findings.AddRange(Statements(other).Where(theirs => stated.TryGetValue(theirs.Key, out string? ours) && ours != theirs.Value)
                .Select(theirs => Conflict(other.Id, candidate.Id, theirs.Key)));
            findings.AddRange(other.Calendars.Where(theirs => candidate.Calendars.Any(
                    ours => ours.Name.Code == theirs.Name.Code && ours.Join(theirs) is null))
                .Select(theirs => Conflict(other.Id, candidate.Id, "calendar " + theirs.Name.Code)));
        }

        findings.AddRange(candidate.Fields.All.Where(field => own.ContainsKey(field.Code))
            .Select(field => PackFindings.FieldExists.About(candidate.Id, field.Code, field.Code)));
        findings.AddRange(candidate.Parameters.Select(static parameter => parameter.Name.Code)
            .Where(code => own.ContainsKey(code) || Others(candidate).Any(pack => pack.Fields.Find(code) is not null))
            .Concat(candidate.Fields.All.Select(static field => field.Code)
                .Where(code => Others(candidate).Any(pack => IsParameter(pack, code))))
            .Select(code => PackFindings.CodeTaken.About(candidate.Id, code, code)));
        return findings.ToImmutable();
    }

    /// <summary>The commands after which exactly some packs are active, such as those of a profile.</summary>
    /// <param name="wanted">The packs.</param>
    /// <param name="reason">Why others are withdrawn.</param>
    /// <returns>Withdrawals first; empty when there is nothing to do.</returns>
    public ImmutableArray<DefinitionCommand> Towards(IEnumerable<Pack> wanted, string reason)
    {
        Pack[] all = (wanted ?? throw new ArgumentNullException(nameof(wanted))).ToArray();
        return Packs.Where(active => all.All(pack => pack.Id != active.Id))
            .Select(active => (DefinitionCommand)new DeactivatePack(active.Id, reason))
            .Concat(all.Where(pack => Pack(pack.Id)?.Hash != pack.Hash).Select(static pack => new ActivatePack(pack))).ToImmutableArray();
    }

    private Decision Activate(ActivatePack command, Pack pack, Instant now)
    {
        Pack? active = Pack(pack.Id);
        if (active?.Hash == pack.Hash)
        {
            return Decision.AlreadyTrue();
        }

        ImmutableArray<Finding> findings = Conflicts(pack);
        if (active is not null && pack.Version <= active.Version)
        {
            findings = findings.Add(PackFindings.VersionNotHigher.About(
                pack.Id, "version", pack.Id, OrderDigits(active.Version), OrderDigits(pack.Version)));
        }

        findings = findings.AddRange(OwnFieldsWithoutRoles(pack));
        return findings.IsEmpty
            ? Decision.Accept(command.Stream, new PackActivated(now, pack.Json))
            : Decision.Refuse(findings.ToArray());
    }

    private Decision Deactivate(DeactivatePack command, Instant now)
    {
        if (Pack(command.Pack) is null)
        {
            return Decision.Refuse(UnknownPack(command.Pack, "pack"));
        }

        ImmutableArray<Finding> left = OwnFieldsWithoutRoles(Pack(command.Pack)!, leaving: true);
        return left.IsEmpty
            ? Decision.Accept(command.Stream, new PackDeactivated(now, command.Pack, command.Reason))
            : Decision.Refuse(left.ToArray());
    }

    private Decision Set(SetParameter command, Instant now)
    {
        Pack? pack = Pack(command.Pack);
        if (pack is null)
        {
            return Decision.Refuse(UnknownPack(command.Pack, "pack"));
        }

        PackParameter? parameter = pack.Parameters.FirstOrDefault(p => p.Name.Code == command.Parameter);
        if (parameter is null)
        {
            string known = string.Join(", ", pack.Parameters.Select(static p => p.Name.Code));
            return Decision.Refuse(PackFindings.ParameterUnknown.About(
                command.Pack, "parameter", command.Pack, command.Parameter, known));
        }

        var shape = new FieldDefinition(
            parameter.Name, FieldSubject.Order, parameter.Type, ImmutableArray<Term>.Empty, 400, parameter.Places,
            ImmutableArray<FieldNeed>.Empty, Sensitivity.Internal, string.Empty);
        string? value = shape.Canonical(command.Value);
        if (value is null)
        {
            string name = parameter.Name.English + " / " + parameter.Name.Chinese;
            return Decision.Refuse(FieldFindings.ValueWrong.About(
                command.Pack, command.Parameter, command.Value, name, shape.Expected));
        }

        string before = Parameter(command.Pack, command.Parameter)!;
        return before == value
            ? Decision.AlreadyTrue()
            : Decision.Accept(
                command.Stream, new ParameterSet(now, command.Pack, command.Parameter, before, value, command.Reason));
    }

    private Decision Add(AddField command, Instant now)
    {
        FieldSet read = command.Reading.OrThrow();
        FieldDefinition field = read.All[0];
        var findings = ImmutableArray.CreateBuilder<Finding>();
        if (PackAnalysis.IsTaken(field.Code) || Packs.Any(pack => IsParameter(pack, field.Code)))
        {
            findings.Add(PackFindings.CodeTaken.About(string.Empty, field.Code, field.Code));
        }
        else if (Fields.Find(field.Code) is not null)
        {
            findings.Add(PackFindings.FieldExists.About(string.Empty, field.Code, field.Code));
        }

        findings.AddRange(RolesOf(command).Where(role => Access?.Roles.Any(known => known.Name.Code == role) != true)
            .Select(role => PackFindings.ReferenceUnknown.About(string.Empty, "roles", "field " + field.Code, "role", role)));
        findings.AddRange(field.Needs.Where(need => CommandTypes.All.BinarySearch(need.On, StringComparer.Ordinal) < 0)
            .Select(need => PackFindings.ReferenceUnknown.About(string.Empty, "required", "field " + field.Code, "command", need.On)));
        if (findings.Count > 0)
        {
            return Decision.Refuse(findings.ToArray());
        }

        string canonical = FieldReader.Write(JsonText.Start(), field).Finish();
        return Decision.Accept(command.Stream, new FieldAdded(now, canonical, Sorted(command.Editors), Sorted(command.Readers)));
    }

    private Decision Remove(RemoveField command, Instant now)
    {
        string[] users = Packs.SelectMany(PackAnalysis.Uses).Where(use => use.What == "field" && use.Code == command.Field)
            .Select(static use => use.User)
            .Concat(Packs.Where(pack => pack.Fields.Find(command.Field) is not null).Select(static p => p.Id))
            .Distinct().ToArray();
        return users.Length > 0 ? Decision.Refuse(PackFindings.InUse.About(
                string.Empty, command.Field, command.Field, string.Join(", ", users)))
            : own.ContainsKey(command.Field)
                ? Decision.Accept(command.Stream, new FieldRemoved(now, command.Field, command.Reason))
                : Decision.Refuse(OrderRefusals.FieldUnknown.About(
                    string.Empty, command.Field, command.Field, string.Join(", ", own.Keys)));
    }

    // The tenant's own fields name roles; a pack must not take away the last definition of one.
    private ImmutableArray<Finding> OwnFieldsWithoutRoles(Pack pack, bool leaving = false)
    {
        var roles = Packs.Where(other => other.Id != pack.Id).Concat(leaving ? Array.Empty<Pack>() : new[] { pack })
            .SelectMany(static p => p.Access?.Roles ?? ImmutableArray<AccessRole>.Empty).Select(static role => role.Name.Code);
        var known = roles.ToImmutableHashSet(StringComparer.Ordinal);
        return own.Values.SelectMany(field => field.Editors.Concat(field.Readers).Where(role => !known.Contains(role)).Distinct()
            .Select(role => PackFindings.InUse.About(pack.Id, role, role, "field " + field.Field.Code))).ToImmutableArray();
    }

    private IEnumerable<Pack> Others(Pack candidate) => Packs.Where(pack => pack.Id != candidate.Id);

    private static bool IsParameter(Pack pack, string code) => pack.Parameters.Any(parameter => parameter.Name.Code == code);

    private Finding UnknownPack(string id, string field) => PackFindings.Unknown.About(
        id, field, id, string.Join(", ", Packs.Select(static pack => pack.Id)));

    private static Finding Conflict(string first, string second, string key)
    {
        int at = key.IndexOf(' ');
        return PackFindings.Conflict.About(second, key.Substring(at + 1), first, second, key.Substring(0, at), key.Substring(at + 1));
    }

    // What a pack says that no other may say differently. Calendars are looked at elsewhere: one may know a year more than another.
    private static IEnumerable<KeyValuePair<string, string>> Statements(Pack pack) =>
        pack.Fields.All.Select(field => Pair("field " + field.Code, FieldReader.Write(JsonText.Start(), field).Finish()))
            .Concat(pack.Lifecycles.Select(lifecycle => Pair("lifecycle " + lifecycle.Id, lifecycle.Version)))
            .Concat(pack.Types.Select(type => Pair("type " + type.Code, type.ToJson())))
            .Concat(pack.Texts.Select(text => Pair("text " + text.Code, text.English + "\n" + text.Chinese)))
            .Concat((pack.Access?.Roles ?? ImmutableArray<AccessRole>.Empty).Select(role => Pair(
                "role " + role.Name.Code, role.Name.English + "\n" + role.Name.Chinese + "\n" + role.Rows)));

    private static KeyValuePair<string, string> Pair(string key, string value) => new(key, value);

    private static IEnumerable<string> RolesOf(AddField command) => Sorted(command.Editors).Concat(Sorted(command.Readers)).Distinct();

    private static ImmutableArray<string> Sorted(ImmutableArray<string> codes) => codes.IsDefaultOrEmpty
        ? ImmutableArray<string>.Empty
        : codes.Distinct().OrderBy(static code => code, StringComparer.Ordinal).ToImmutableArray();

    private static string OrderDigits(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
