using System;
using System.Collections.Generic;
using OrderKernel.Findings;

namespace OrderHub;

/// <summary>What was asked for on the command line.</summary>
internal sealed class HubArguments
{
    private static readonly string[] Known = ["--db", "--lang", "--profile", "--in", "--dead-letters", "--brunel"];

    private HubArguments(SortedDictionary<string, string> values, bool json, bool help, bool plans, string? fault)
    {
        Database = values.GetValueOrDefault("--db");
        Profile = values.GetValueOrDefault("--profile");
        Input = values.GetValueOrDefault("--in");
        DeadLetters = values.GetValueOrDefault("--dead-letters");
        Language = values.GetValueOrDefault("--lang") == "zh-CN" ? Language.Chinese : Language.English;
        Brunel = values.GetValueOrDefault("--brunel");
        Json = json;
        WantsPlans = plans;
        WantsHelp = help;
        Fault = fault;
    }

    public string? Database { get; }

    public string? Profile { get; }

    public string? Input { get; }

    public string? DeadLetters { get; }

    public Language Language { get; }

    public bool Json { get; }

    public bool WantsHelp { get; }

    public bool WantsPlans { get; }

    /// <summary>The folder of the Brunel data set; null when it is not asked for.</summary>
    public string? Brunel { get; }

    /// <summary>What is wrong with the arguments, in their language; null when nothing is.</summary>
    public string? Fault { get; }

    public static HubArguments Read(IReadOnlyList<string> args)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        bool json = false;
        bool help = false;
        bool plans = false;
        string? unknown = null;
        string? bare = null;
        for (int i = 0; i < args.Count; i++)
        {
            if (args[i] is "--json" or "--plans" or "--help" or "-h")
            {
                json |= args[i] == "--json";
                plans |= args[i] == "--plans";
                help |= args[i] is "--help" or "-h";
            }
            else if (Array.IndexOf(Known, args[i]) < 0)
            {
                unknown ??= args[i];
            }
            else if (i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal))
            {
                values[args[i]] = args[++i];
            }
            else
            {
                bare ??= args[i];
            }
        }

        string? lang = values.GetValueOrDefault("--lang");
        HubText text = HubText.In(lang == "zh-CN" ? Language.Chinese : Language.English);
        string? fault = unknown is not null ? text.Say(HubText.UnknownOption, unknown)
            : bare is not null ? text.Say(HubText.OptionNeedsValue, bare)
            : lang is not (null or "en" or "zh-CN") ? text.Say(HubText.UnknownLanguage, lang)
            : values.ContainsKey("--profile") && !values.ContainsKey("--in") ? text.Say(HubText.OptionNeedsValue, "--in")
            : !values.ContainsKey("--profile") && (json || values.ContainsKey("--in"))
                ? text.Say(HubText.OptionNeedsValue, "--profile")
            : null;
        return new HubArguments(values, json, help, plans, fault);
    }
}
