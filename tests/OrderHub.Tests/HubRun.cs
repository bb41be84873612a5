using System;
using System.IO;
using System.Threading.Tasks;

namespace OrderHub.Tests;

/// <summary>Runs of the sample in a folder of their own, in-process.</summary>
internal sealed class HubRun : IDisposable
{
    public HubRun() => Folder = Directory.CreateTempSubdirectory("orderhub-").FullName;

    public string Folder { get; }

    public string Database => Path.Combine(Folder, "hub.db");

    public async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await Hub.RunAsync([.. args, "--db", Database], output, error);
        return (code, output.ToString(), error.ToString());
    }

    public string Write(string name, string text)
    {
        string file = Path.Combine(Folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose() => Directory.Delete(Folder, true);
}
