using System;
using System.Buffers.Binary;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;

namespace OrderKernel.Sql.Tests;

/// <summary>A wire between a client and a PostgreSQL server that can be cut at a chosen place: then nothing passes in either direction
/// and neither side is told, as when a network goes away. What was on its way arrives when it is mended.</summary>
internal sealed class CutWire : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly NpgsqlConnectionStringBuilder server;
    private readonly object sync = new();
    private TaskCompletionSource passes = Done();
    private TaskCompletionSource cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int answersLeft;
    private long upLeft;
    private long downLeft;
    private int answers;

    public CutWire(string connectionString)
    {
        server = new NpgsqlConnectionStringBuilder(connectionString);
        listener.Start();
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Port = ((IPEndPoint)listener.LocalEndpoint).Port,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
            Pooling = false,
        }.ToString();
        _ = AcceptAsync();
    }

    /// <summary>Leads through the wire.</summary>
    public string ConnectionString { get; }

    /// <summary>How many answers of the server have passed: one for each trip.</summary>
    public int Answers => Volatile.Read(ref answers);

    /// <summary>Whether it is cut.</summary>
    public bool IsCut => cut.Task.IsCompleted;

    /// <summary>Holds the answer back that comes so many answers from now, and cuts.</summary>
    public void CutAtAnswer(int count) => Arm(() => answersLeft = count);

    /// <summary>Cuts after so many bytes more that the client sends.</summary>
    public void CutAfterSent(long bytes) => Arm(() => upLeft = bytes);

    /// <summary>Cuts when so many bytes more have come from the server.</summary>
    public void CutAfterReceived(long bytes) => Arm(() => downLeft = bytes);

    /// <summary>Waits until it is cut, or until something else is over; true when it is cut.</summary>
    public async Task<bool> IsCutBefore(Task other) => await Task.WhenAny(cut.Task, other).WaitAsync(TimeSpan.FromSeconds(30)) == cut.Task;

    /// <summary>Lets everything pass, and cuts no more.</summary>
    public void Mend()
    {
        lock (sync)
        {
            (answersLeft, upLeft, downLeft) = (0, 0, 0);
            passes.TrySetResult();
        }
    }

    public void Dispose()
    {
        listener.Dispose();
        Mend();
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        done.SetResult();
        return done;
    }

    private void Arm(Action set)
    {
        lock (sync)
        {
            Mend();
            cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            set();
        }
    }

    private void Cut()
    {
        passes = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cut.TrySetResult();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = PassOnAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception closed) when (closed is ObjectDisposedException or SocketException)
        {
            // The test has ended.
        }
    }

    private async Task PassOnAsync(TcpClient client)
    {
        using (client)
        using (var other = new TcpClient { NoDelay = true })
        {
            await Passing();
            await other.ConnectAsync(server.Host!, server.Port);
            client.NoDelay = true;
            Task up = UntilClosed(() => SendAsync(client.GetStream(), other.GetStream()));
            Task down = UntilClosed(() => ReceiveAsync(other.GetStream(), client.GetStream()));
            await Task.WhenAny(up, down);

            // That one side has closed is known to the other when the wire is whole again.
            await Passing();
        }
    }

    private static async Task UntilClosed(Func<Task> pass)
    {
        try
        {
            await pass();
        }
        catch (Exception closed) when (closed is IOException or SocketException or ObjectDisposedException)
        {
            // Either side has gone.
        }
    }

    private Task Passing()
    {
        lock (sync)
        {
            return passes.Task;
        }
    }

    private async Task SendAsync(Stream from, Stream to)
    {
        var buffer = new byte[4096];
        while (true)
        {
            int read = await from.ReadAsync(buffer);
            if (read == 0)
            {
                return;
            }

            await Passing();
            int first = Spend(ref upLeft, read);
            await to.WriteAsync(buffer.AsMemory(0, first));
            await Passing();
            await to.WriteAsync(buffer.AsMemory(first, read - first));
        }
    }

    // PostgreSQL 15 documentation, 55.2.2: a letter, the length of all but the letter, the rest. 'Z' says that the server is ready.
    private async Task ReceiveAsync(Stream from, Stream to)
    {
        var head = new byte[5];
        while (true)
        {
            if (await from.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false) < head.Length)
            {
                return;
            }

            var rest = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)) - 4];
            await from.ReadExactlyAsync(rest);
            await Passing();
            Spend(ref downLeft, head.Length + rest.Length);
            if (head[0] == 'Z')
            {
                CountAnswer();
            }

            await Passing();
            await to.WriteAsync(head);
            await to.WriteAsync(rest);
        }
    }

    private void CountAnswer()
    {
        lock (sync)
        {
            answers++;
            if (answersLeft > 0 && --answersLeft == 0)
            {
                Cut();
            }
        }
    }

    // How many of the bytes pass; the wire is cut when those that may pass are used up.
    private int Spend(ref long left, int bytes)
    {
        lock (sync)
        {
            if (left == 0 || left > bytes)
            {
                left = Math.Max(0, left - bytes);
                return bytes;
            }

            int first = (int)left;
            left = 0;
            Cut();
            return first;
        }
    }
}
