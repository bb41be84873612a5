using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Npgsql;

namespace OrderKernel.Sql.Tests;

/// <summary>A host in a process of its own that can be stopped and continued, and what it has said so far.</summary>
internal sealed class StoppableHost : IDisposable
{
    private readonly Process process;
    private readonly Dictionary<string, int> said = new(StringComparer.Ordinal);
    private readonly List<string> lines = [];
    private readonly Task reading;

    public StoppableHost(string connectionString, string name, int lanes)
    {
        Name = name;
        string named = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = name }.ToString();
        ProcessStartInfo start = CrashWriter.Command(
            "dotnet", CrashWriter.Assembly, named, "paused", lanes.ToString(CultureInfo.InvariantCulture), "0", name);
        start.RedirectStandardInput = true;
        process = Process.Start(start)!;

        // On a thread of its own: a pipe is read by blocking a thread, and the pool of a machine with two cores has two to begin with.
        // Read from the pool, a host that is stopped kept the other from being heard for seconds.
        reading = Task.Factory.StartNew(Read, default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The name of its connections at the server.</summary>
    public string Name { get; }

    /// <summary>How often it has said something that begins with a word.</summary>
    public int Said(string word)
    {
        lock (lines)
        {
            return said.GetValueOrDefault(word);
        }
    }

    /// <summary>All that it has said that begins with a word.</summary>
    public List<string> Lines(string word)
    {
        lock (lines)
        {
            return [.. lines.Where(line => line.StartsWith(word, StringComparison.Ordinal))];
        }
    }

    /// <summary>Stops the whole process where it is.</summary>
    public void Stop() => Signal("STOP");

    /// <summary>Lets it go on.</summary>
    public void Continue() => Signal("CONT");

    /// <summary>Has it end when its writers have finished their orders, and waits for that.</summary>
    public async Task End()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        await reading;
        if (process.ExitCode != 0 || Said("ended") == 0)
        {
            throw new InvalidOperationException($"{Name} ended with {process.ExitCode}: {await process.StandardError.ReadToEndAsync()}");
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private void Read()
    {
        while (process.StandardOutput.ReadLine() is { } line)
        {
            lock (lines)
            {
                string word = line.Split(' ')[0];
                said[word] = said.GetValueOrDefault(word) + 1;
                lines.Add(line);
            }
        }
    }

    private void Signal(string signal)
    {
        using Process kill = Process.Start(CrashWriter.Command(
            "sh", "-c", $"kill -{signal} {process.Id.ToString(CultureInfo.InvariantCulture)}"))!;
        kill.WaitForExit();
        if (kill.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Name} is gone: {process.StandardError.ReadToEnd()}");
        }
    }
}
