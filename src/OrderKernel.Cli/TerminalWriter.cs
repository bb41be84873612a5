using System;
using System.Globalization;
using System.IO;
using System.Text;
using OrderKernel.Findings;

namespace OrderKernel.Cli;

/// <summary>The one edge where text leaves for a terminal: what controls it, breaks a line, turns the direction of text or stands for
/// nothing is shown as <c>\u001B</c>.</summary>
/// <remarks>
/// <para>Shape: what is written with <c>WriteLine</c> is one line, whatever stands in it, and nothing in it works. What is written with
/// <c>Write</c> is a document with lines of its own; where it goes into a file it stays as it is, byte for byte. The visible form is
/// JSON's, so JSON that is written still says the same.</para>
/// </remarks>
internal sealed class TerminalWriter(TextWriter output, bool isTerminal) : TextWriter
{
    public override Encoding Encoding => output.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value) => output.Write(isTerminal ? Shown(value ?? string.Empty, isLine: false) : value);

    public override void WriteLine() => output.WriteLine();

    public override void WriteLine(string? value) => output.WriteLine(Shown(value ?? string.Empty, isLine: true));

    public override void Flush() => output.Flush();

    private static string Shown(string text, bool isLine)
    {
        if (TextRule.IdFault(text, int.MaxValue) is null)
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 16);
        for (int at = 0; at < text.Length;)
        {
            int length = char.IsSurrogatePair(text, at) ? 2 : 1;
            string one = text.Substring(at, length);
            bool isBreak = one is "\n" or "\t" || (one is "\r" && at + 1 < text.Length && text[at + 1] == '\n');
            if ((isBreak && !isLine) || TextRule.IdFault(one, length) is null)
            {
                shown.Append(one);
            }
            else
            {
                foreach (char unit in one)
                {
                    shown.Append("\\u").Append(((int)unit).ToString("X4", CultureInfo.InvariantCulture));
                }
            }

            at += length;
        }

        return shown.ToString();
    }
}
