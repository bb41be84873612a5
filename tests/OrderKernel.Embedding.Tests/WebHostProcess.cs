using System;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Tests.Shared;

namespace OrderKernel.Embedding.Tests;

/// <summary>The web sample, built against the packed packages and running on a free port with a file of its own.</summary>
public sealed class WebHostProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string folder = Directory.CreateTempSubdirectory("orderkernel-web-").FullName;
    private readonly Process process;

    public WebHostProcess()
    {
        string program = Path.Combine(folder, "bin");
        Shell.Run("samples/WebHost", "dotnet", "build", "-v", "quiet", "-nologo", "-warnaserror", "-o", program);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(program, "WebHost.dll"), "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        process = Process.Start(start)!;
        var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        Client = new HttpClient(handler) { BaseAddress = ReadAddress(), Timeout = Patience };
    }

    public HttpClient Client { get; }

    public void Dispose()
    {
        Client.Dispose();
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private Uri ReadAddress()
    {
        const string Announcement = "Now listening on: ";
        var printed = new StringBuilder();
        using var listening = new ManualResetEventSlim();
        string? address = null;
        process.OutputDataReceived += (_, line) => Look(line.Data);
        process.ErrorDataReceived += (_, line) => Look(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return listening.Wait(Patience)
            ? new Uri(address!)
            : throw new InvalidOperationException("The web sample did not start:\n" + printed);

        void Look(string? line)
        {
            lock (printed)
            {
                printed.AppendLine(line);
            }

            if (address is null && line?.IndexOf(Announcement, StringComparison.Ordinal) is { } at and >= 0)
            {
                address = line[(at + Announcement.Length)..].Trim();
                listening.Set();
            }
        }
    }
}
