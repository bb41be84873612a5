using System;
using System.Diagnostics;
using System.IO;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.RabbitMq.Tests;

/// <summary>A test over a real RabbitMQ; skipped, visibly, where none was started for it.</summary>
internal sealed class BrokerFactAttribute : FactAttribute
{
    public BrokerFactAttribute()
    {
        if (TestBroker.Home.Length == 0)
        {
            Skip = "No RabbitMQ: eng/test.sh starts a private one and names its folder in ORDERKERNEL_RABBITMQ.";
        }
    }
}

/// <summary>The private broker that eng/rabbitmq.sh started for the tests.</summary>
internal static class TestBroker
{
    /// <summary>Its folder; empty when there is none.</summary>
    public static string Home { get; } = Environment.GetEnvironmentVariable("ORDERKERNEL_RABBITMQ") ?? string.Empty;

    public static string Uri { get; private set; } = Home.Length == 0 ? string.Empty : Run("start");

    /// <summary>Kills it as a power cut would.</summary>
    public static void Kill() => Run("kill");

    /// <summary>Starts it again, on the same port with the same data.</summary>
    public static void Start() => Uri = Run("start");

    private static string Run(string action)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Repository.Path("eng", "rabbitmq.sh"));
        start.ArgumentList.Add(action);
        start.ArgumentList.Add(Path.GetFullPath(Home));
        using Process script = Process.Start(start)!;
        string line = script.StandardOutput.ReadLine() ?? string.Empty;
        script.WaitForExit();
        return script.ExitCode == 0 ? line : throw new InvalidOperationException($"eng/rabbitmq.sh {action} failed.");
    }
}
