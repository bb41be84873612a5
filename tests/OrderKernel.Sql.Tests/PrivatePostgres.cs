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
            "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= {settings}", "start");
    }

    /// <summary>Kills the server and all its processes, the first one first, or it would start new ones for those that die.</summary>
    public void Kill()
    {
        int postmaster = int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        Kill(postmaster);
        while (Workers() is { Count: > 0 } workers)
        {
            workers.ForEach(Kill);
            System.Threading.Thread.Sleep(10);
        }

        // Where nobody collects the dead, the number of the first one still looks alive to the next; we know that it is not.
        File.Delete(Path.Combine(Data, "postmaster.pid"));
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

    private static void Kill(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            // It went by itself.
        }
    }

    // Every process of a server works in its folder, whoever its parent is by now.
    private List<int> Workers()
    {
        var found = new List<int>();
        foreach (string process in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                && FolderOf(process) == Data)
            {
                found.Add(id);
            }
        }

        return found;
    }

    private static string? FolderOf(string process)
    {
        try
        {
            return File.ResolveLinkTarget(Path.Combine(process, "cwd"), returnFinalTarget: false)?.FullName;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
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

    // Not one that the system gives to whoever connects: while the server is down, another connection could be given its port.
    private static int FreePort()
    {
        while (true)
        {
            int port = Random.Shared.Next(10_000, 32_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; the next one.
            }
        }
    }
}
