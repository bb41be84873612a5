using System;
using System.Buffers.Binary;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace OrderKernel.RabbitMq.Tests;

/// <summary>Stands before the broker and passes on what clients say; of the broker's answers only the first so many of each
/// connection.</summary>
internal sealed class SilentBroker : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Uri broker;
    private readonly int answers;

    public SilentBroker(Uri broker, int answers)
    {
        this.broker = broker;
        this.answers = answers;
        listener.Start();
        Uri = $"amqp://{broker.UserInfo}@127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";
        _ = AcceptAsync();
    }

    public string Uri { get; }

    public void Dispose() => listener.Dispose();

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
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(broker.Host, broker.Port);
                Task asked = client.GetStream().CopyToAsync(server.GetStream());
                for (int i = 0; i < answers; i++)
                {
                    await PassFrameAsync(server.GetStream(), client.GetStream());
                }

                await asked;
            }
            catch (Exception closed) when (closed is IOException or SocketException)
            {
                // Either side has gone.
            }
        }
    }

    // AMQP 0-9-1, 2.3.5: type, channel, size of the payload, the payload, and an octet at its end.
    private static async Task PassFrameAsync(Stream from, Stream to)
    {
        var head = new byte[7];
        await from.ReadExactlyAsync(head);
        var rest = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(3)) + 1];
        await from.ReadExactlyAsync(rest);
        await to.WriteAsync(head);
        await to.WriteAsync(rest);
    }
}
