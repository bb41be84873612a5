using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Npgsql;
using OrderKernel.Adapters.Sql;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>Whatever is killed, what was acknowledged is there once and nothing is half done.</summary>
public class PostgresKillTests
{
    private static int Kills => int.Parse(Environment.GetEnvironmentVariable("ORDERKERNEL_KILLS") ?? "3", CultureInfo.InvariantCulture);

    [PostgresFact]
    public async Task KilledClients_AgainAndAgain_LoseNothing()
    {
        using var database = new PostgresDatabase();
        var heard = new List<Acknowledgement>();
        for (int kill = 0; kill < Kills; kill++)
        {
            heard.AddRange(CrashWriter.RunAndKill(database.ConnectionString, "full", lanes: 4, killAfter: 15 + (13 * kill % 40)));
            using PostgresStore store = database.Open();
            await CrashTests.Check(store, heard);
        }
    }

    [PostgresServerFact]
    public async Task KilledServer_UnderWriters_LosesNothingAndTheyGoOn()
    {
        using var server = new PrivatePostgres();
        using Process writer = Process.Start(CrashWriter.Command("dotnet", CrashWriter.Assembly, server.ConnectionString, "full", "4"))!;
        var heard = new List<Acknowledgement>();
        for (int kill = 0; kill < Kills; kill++)
        {
            Hear(writer, heard, 25 + (11 * kill));
            server.Kill();
            server.Start();
        }

        // The same process goes on: every command whose answer was lost is repeated under its id.
        Hear(writer, heard, 25);
        writer.Kill();
        heard.AddRange(writer.StandardOutput.ReadToEnd().Split('\n').Where(line => line.EndsWith('}')).Select(CrashWriter.Parse));
        writer.WaitForExit();
        Assert.Equal(heard.Count, heard.Select(one => one.Command).Distinct().Count());
        using PostgresStore store = PostgresStore.Open(
            new PostgresStoreOptions(() => new NpgsqlConnection(server.ConnectionString + ";Pooling=false")));
        await CrashTests.Check(store, heard);
    }

    private static void Hear(Process writer, List<Acknowledgement> heard, int count)
    {
        for (int i = 0; i < count; i++)
        {
            string line = writer.StandardOutput.ReadLine() ?? throw new InvalidOperationException(writer.StandardError.ReadToEnd());
            heard.Add(CrashWriter.Parse(line));
        }
    }
}
