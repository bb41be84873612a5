using System;
using System.Globalization;

namespace OrderKernel.Tests.Shared;

/// <summary>How many cases a property tries: as many as its test says, times what <c>eng/long.sh</c> asks for.</summary>
internal static class LongRun
{
    public static int Cases(int usual) => usual * int.Parse(
        Environment.GetEnvironmentVariable("ORDERKERNEL_CASES") ?? "1", CultureInfo.InvariantCulture);
}
