using Microsoft.Extensions.Logging;

namespace OrderKernel.Adapters.Hosting;

/// <summary>What is logged. Codes, counts and names of our own only: no command, no message, no foreign exception's text.</summary>
internal static partial class Log
{
    /// <summary>The category, a name of ours rather than a type's.</summary>
    public const string Category = "OrderKernel.Hosting";

    [LoggerMessage(1000, LogLevel.Information, "The store is open for tenant {Tenant}.", EventName = "StoreOpened")]
    public static partial void StoreOpened(ILogger logger, string tenant);

    [LoggerMessage(1001, LogLevel.Warning, "{Duty} cannot work at the moment and waits {Seconds} s: {Reason}", EventName = "DutyWaits")]
    public static partial void DutyWaits(ILogger logger, string duty, int seconds, string reason);

    [LoggerMessage(1002, LogLevel.Error, "{Duty} failed with {Fault} and waits {Seconds} s.", EventName = "DutyFailed")]
    public static partial void DutyFailed(ILogger logger, string duty, string fault, int seconds);

    [LoggerMessage(1003, LogLevel.Information, "{Duty} works again.", EventName = "DutyRecovered")]
    public static partial void DutyRecovered(ILogger logger, string duty);

    [LoggerMessage(
        1004, LogLevel.Error, "{Count} messages were parked. Look at them, remove the cause and arm them again.",
        EventName = "MessagesParked")]
    public static partial void MessagesParked(ILogger logger, int count);

    [LoggerMessage(
        1005, LogLevel.Error, "{Count} timers could not be served, the last for {Fault}; they are tried again.",
        EventName = "TimersPostponed")]
    public static partial void TimersPostponed(ILogger logger, int count, string fault);

    [LoggerMessage(
        1006, LogLevel.Critical, "The ledger does not agree with its journal: {Count} findings, the first is {Code}.",
        EventName = "LedgerDiffers")]
    public static partial void LedgerDiffers(ILogger logger, int count, string code);
}
