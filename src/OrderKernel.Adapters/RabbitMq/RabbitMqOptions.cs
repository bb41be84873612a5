using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using RabbitMQ.Client;

namespace OrderKernel.Adapters.RabbitMq;

/// <summary>What to do about exchange and queues when connecting.</summary>
public enum TopologyMode
{
    /// <summary>Checks that exchange and queues are there and as durable as they must be, and refuses to send otherwise.</summary>
    Validate = 0,

    /// <summary>Creates what is missing; what is there in another shape is refused.</summary>
    Create = 1,

    /// <summary>Neither checks nor creates; a message that reaches no queue is still noticed.</summary>
    None = 2,
}

/// <summary>How messages reach RabbitMQ.</summary>
public sealed class RabbitMqOptions
{
    /// <summary>The broker as an AMQP URI, with user and password; never shown.</summary>
    /// <value>There is no default.</value>
    public string Uri { get; set; } = string.Empty;

    /// <summary>Changes what a URI cannot say, such as certificates; called before each connection is made.</summary>
    /// <value>The default changes nothing.</value>
    public Action<ConnectionFactory>? ConfigureConnection { get; set; }

    /// <summary>The durable direct exchange that messages go to; the destination is the routing key.</summary>
    /// <value>The default is <c>orderkernel</c>.</value>
    public string Exchange { get; set; } = "orderkernel";

    /// <summary>The quorum queue of each destination.</summary>
    /// <value>Empty by default; each destination needs one, unless <see cref="Topology"/> is <see cref="TopologyMode.None"/>.</value>
    public IDictionary<string, string> Queues { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What to do about exchange and queues.</summary>
    /// <value>The default is <see cref="TopologyMode.Validate"/>.</value>
    public TopologyMode Topology { get; set; }

    /// <summary>Whether of several readers of a queue only one reads at a time, so that order is kept.</summary>
    /// <value>The default is true.</value>
    public bool SingleActiveConsumer { get; set; } = true;

    /// <summary>The source of our events, a URI reference; the tenant is added to it.</summary>
    /// <value>The default is <c>/orderkernel</c>.</value>
    public string Source { get; set; } = "/orderkernel";

    /// <summary>What the types of our events begin with.</summary>
    /// <value>The default is <c>orderkernel.</c>, so that <c>order.shipped</c> is <c>orderkernel.order.shipped</c>.</value>
    public string TypePrefix { get; set; } = "orderkernel.";

    /// <summary>How long to wait for a connection and for the broker's confirmation of a message.</summary>
    /// <value>The default is 15 seconds. Keep it well below the lease of the relay.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Every mistake, each with its remedy; empty when there is none.</summary>
    public ImmutableArray<string> Mistakes()
    {
        var mistakes = ImmutableArray.CreateBuilder<string>();
        if (!System.Uri.TryCreate(Uri, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("amqp" or "amqps"))
        {
            mistakes.Add("RabbitMq.Uri names no broker. Set it to amqp://user:password@host/vhost or amqps://….");
        }

        if (string.IsNullOrWhiteSpace(Exchange))
        {
            mistakes.Add("RabbitMq.Exchange is blank. Name the exchange, or leave the default.");
        }

        if (!System.Uri.TryCreate(Source, UriKind.RelativeOrAbsolute, out _) || string.IsNullOrEmpty(Source))
        {
            mistakes.Add("RabbitMq.Source is no URI reference. Set it to something like /orders or https://example.com/orders.");
        }

        if (Timeout <= TimeSpan.Zero)
        {
            mistakes.Add("RabbitMq.Timeout leaves no time. Set it to some seconds.");
        }

        return mistakes.ToImmutable();
    }
}
