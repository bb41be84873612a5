using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;

namespace OrderKernel.Sql.Tests;

/// <summary>A server of a test's own, to be killed and set as the test likes; removed afterwards.</summary>
internal sealed class PrivatePostgres : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("orderkernel-pg-").FullName;
    private readonly int port = FreePort();

    public PrivatePostgres(params string[] settings)
    {
        if (IsRoot)
        {
            Run("/bin/chown", asOwner: false, "postgres", folder);
        }

        Run(Path.Combine(Programs!, "initdb"), asOwner: true, "-D", Data, "-A", "trust", "-U", "orderkernel", "--locale=C", "-E", "UTF8");
        Settings = settings;
        Start();
    }

    /// <summary>The folder of the server's programs; null where there is none.</summary>
    public static string? Programs => Environment.GetEnvironmentVariable("ORDERKERNEL_POSTGRES_BIN");

    public string ConnectionString => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=orderkernel;Database=postgres");

    private string[] Settings { get; }

    private string Data => Path.Combine(folder, "data");

    // The server refuses to run as root.
    private static bool IsRoot => Environment.UserName == "root";

    public void Start()
    {
        string settings = string.Concat(Settings.Select(static setting => " -c " + setting));
        Run(
            Path.Combine(Programs!, "pg_ctl"), asOwner: true, "-D", Data, "-s", "-w", "-t", "60", "-l", Path.Combine(folder, "log"),
            "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}{settings}", "start");
    }

    /// <summary>Kills the server and all its processes at once, as a loss of the machine would.</summary>
    public void Kill()
    {
        int postmaster = int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        List<Process> all = Descendants(postmaster);

        // The first one first, or it would start new ones in place of those that die.
        all.Insert(0, Process.GetProcessById(postmaster));
        int[] ids = all.ConvertAll(static process => process.Id).ToArray();
        foreach (Process process in all)
        {
            using (process)
            {
                try
                {
                    process.Kill();
                }
                catch (InvalidOperationException)
                {
                    // It went with the first one.
                }
            }
        }

        while (Array.Exists(ids, IsAlive))
        {
            System.Threading.Thread.Sleep(5);
        }
    }

    /// <summary>Makes a server that follows another when it starts.</summary>
    public void RestartAsReplica()
    {
        Stop();
        File.WriteAllText(Path.Combine(Data, "standby.signal"), string.Empty);
        Start();
    }

    public void Dispose()
    {
        Stop();
        Directory.Delete(folder, recursive: true);
    }

    private void Stop()
    {
        try
        {
            Run(Path.Combine(Programs!, "pg_ctl"), asOwner: true, "-D", Data, "-s", "-w", "-m", "immediate", "stop");
        }
        catch (InvalidOperationException)
        {
            // It was killed and not started again.
        }
    }

    private static bool IsAlive(int id) => Read($"/proc/{id}/stat") is { Length: > 0 } stat && !stat.Contains(") Z", StringComparison.Ordinal);

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            // The process has ended meanwhile.
            return string.Empty;
        }
    }

    private static List<Process> Descendants(int parent)
    {
        var found = new List<Process>();
        foreach (Process process in Process.GetProcesses())
        {
            string stat = $"/proc/{process.Id}/stat";
            string text = Read(stat);
            string[] parts = text.Length == 0 ? [] : text[(text.LastIndexOf(')') + 2)..].Split(' ');
            if (parts.Length > 1 && parts[1] == parent.ToString(CultureInfo.InvariantCulture))
            {
                found.Add(process);
            }
        }

        return found;
    }

    private static void Run(string program, bool asOwner, params string[] arguments)
    {
        bool changes = asOwner && IsRoot;
        var start = new ProcessStartInfo(changes ? "runuser" : program) { WorkingDirectory = "/" };
        foreach (string argument in changes ? ["-u", "postgres", "--", program, .. arguments] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
