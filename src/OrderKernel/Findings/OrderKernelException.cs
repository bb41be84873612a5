using System;

namespace OrderKernel.Findings;

/// <summary>Something around the kernel failed: a database, a disk, a connection. Never a domain refusal.</summary>
/// <remarks><para>The message holds no personal data and no connection string.</para></remarks>
public class OrderKernelException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What failed and what to do.</param>
    /// <param name="isTransient">Whether trying again could help.</param>
    /// <param name="innerException">What led to it; may be null.</param>
    public OrderKernelException(string message, bool isTransient, Exception? innerException = null)
        : base(message, innerException) => IsTransient = isTransient;

    /// <summary>Makes the exception; trying again will not help.</summary>
    /// <param name="message">What failed and what to do.</param>
    public OrderKernelException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception; trying again will not help.</summary>
    /// <param name="message">What failed and what to do.</param>
    /// <param name="innerException">What led to it.</param>
    public OrderKernelException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception without a message.</summary>
    public OrderKernelException()
    {
    }

    /// <summary>Whether trying again could help. A repeated command is safe in either case.</summary>
    public bool IsTransient { get; }
}
