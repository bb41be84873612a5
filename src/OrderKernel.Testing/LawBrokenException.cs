using System;

namespace OrderKernel.Testing;

/// <summary>A law or a contract does not hold; the message says which, and with what.</summary>
public sealed class LawBrokenException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Which law, and the case that breaks it.</param>
    public LawBrokenException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">Which law, and the case that breaks it.</param>
    /// <param name="innerException">What was thrown instead.</param>
    public LawBrokenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception without a message.</summary>
    public LawBrokenException()
    {
    }

    internal static void Unless(bool holds, string law)
    {
        if (!holds)
        {
            throw new LawBrokenException(law);
        }
    }
}
