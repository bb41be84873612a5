using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Cli;

namespace OrderHub.Importing;

/// <summary>The profiles that come with the sample, and the user's own by their path.</summary>
internal static class ProfileCatalog
{
    public static ImportProfile Load(string nameOrFile, HubText text)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "profiles");
        string own = Path.Combine(folder, nameOrFile + ".json");
        bool bundled = nameOrFile.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && File.Exists(own);
        string file = bundled ? own : nameOrFile;
        if (!File.Exists(file))
        {
            string known = string.Join(", ", Directory.GetFiles(folder, "*.json")
                .Select(static path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal));
            throw new InputException(text.Say(HubText.UnknownProfile, nameOrFile, known));
        }

        return ImportProfile.Parse(TextFile.Read(file), DocumentShape.BuiltIn);
    }
}
