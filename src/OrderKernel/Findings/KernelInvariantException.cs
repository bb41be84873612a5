using System;

namespace OrderKernel.Findings;

/// <summary>The kernel found itself in a state that its own rules exclude: a bug, or stored events that were altered.</summary>
public sealed class KernelInvariantException : InvalidOperationException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Which rule is broken, without personal data.</param>
    public KernelInvariantException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">Which rule is broken, without personal data.</param>
    /// <param name="innerException">What led to it.</param>
    public KernelInvariantException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception without saying which rule.</summary>
    public KernelInvariantException()
    {
    }
}
