using System;
using System.IO;

namespace OrderKernel.Adapters.Csv.Reading;

/// <summary>The stretch of a text that is being read: what lies before it is forgotten, what lies behind it is not read yet.</summary>
internal sealed class TextWindow : IDisposable
{
    private readonly TextReader source;
    private char[] buffer = new char[16_384];
    private int first;
    private int filled;
    private bool isWhole;

    public TextWindow(TextReader source) => this.source = source;

    /// <summary>Whether there is a character at a place.</summary>
    public bool Has(int at)
    {
        while (at >= first + filled)
        {
            if (isWhole)
            {
                return false;
            }

            Fill();
        }

        return true;
    }

    /// <summary>The character at a place that has one and was not forgotten.</summary>
    public char this[int at] => buffer[at - first];

    /// <summary>Forgets what lies before a place.</summary>
    public void Forget(int before)
    {
        // Moved seldom, so that each character is moved a few times at most.
        int gone = before - first;
        if (gone < buffer.Length / 2)
        {
            return;
        }

        Array.Copy(buffer, gone, buffer, 0, filled - gone);
        first += gone;
        filled -= gone;
    }

    public void Dispose() => source.Dispose();

    private void Fill()
    {
        if (filled == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        int read = source.Read(buffer, filled, buffer.Length - filled);
        filled += read;
        isWhole = read == 0;
    }
}
