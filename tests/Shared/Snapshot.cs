using System;
using System.IO;
using Xunit;

namespace OrderKernel.Tests.Shared;

/// <summary>Compares a text with the file that is kept in git; named as Verify names its files, so that it can take over.</summary>
internal static class Snapshot
{
    /// <summary>Fails when the text differs from <c>name.verified.ext</c>, and leaves <c>name.received.ext</c> beside it.</summary>
    public static void Match(string text, string name, params string[] folder)
    {
        string stem = Repository.Path([.. folder, Path.GetFileNameWithoutExtension(name)]);
        string verified = stem + ".verified" + Path.GetExtension(name);
        string received = stem + ".received" + Path.GetExtension(name);
        string normal = text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        string expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : string.Empty;
        if (normal == expected)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, normal);
        Assert.Fail($"{Path.GetFileName(verified)} differs. Look at {Path.GetFileName(received)}; if it is right, rename it.\n"
            + FirstDifference(expected, normal));
    }

    private static string FirstDifference(string expected, string received)
    {
        string[] before = expected.Split('\n');
        string[] after = received.Split('\n');
        for (int i = 0; i < Math.Max(before.Length, after.Length); i++)
        {
            string was = i < before.Length ? before[i] : "(end)";
            string now = i < after.Length ? after[i] : "(end)";
            if (was != now)
            {
                return $"line {i + 1}\n- {was}\n+ {now}";
            }
        }

        return string.Empty;
    }
}
