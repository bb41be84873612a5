using System;
using OrderKernel.Findings;

namespace OrderKernel.Cli;

/// <summary>Why a file was not read, or not written.</summary>
internal static class TextFileFindings
{
    public static FindingKind NotText { get; } = new(
        "file.not_text", Severity.Refusal,
        "{file}: byte {offset}, in line {line}, is not {encoding}, so nothing of the file was used. Save it as UTF-8, or name the encoding "
        + "that it is in: --encoding gb18030, or in an XML declaration.",
        "{file}：第 {line} 行、偏移 {offset} 处的字节不属于 {encoding}，因此未使用该文件的任何内容。请另存为 UTF-8，"
        + "或写明其实际编码：--encoding gb18030，或写在 XML 声明中。");

    public static FindingKind EncodingUnknown { get; } = new(
        "file.encoding_unknown", Severity.Refusal,
        "{file}: its XML declaration names the encoding '{encoding}', which is not known here or not the one it is in. "
        + "Save it as UTF-8 or GB18030 and declare that.",
        "{file}：XML 声明中的编码“{encoding}”无法识别，或与文件的实际编码不符。请另存为 UTF-8 或 GB18030，并如实声明。");

    public static FindingKind Missing { get; } = new(
        "file.missing", Severity.Refusal, "{file}: there is no such file. Correct the path.", "{file}：文件不存在，请检查路径。");

    public static FindingKind IsFolder { get; } = new(
        "file.is_folder", Severity.Refusal, "{file} is a folder. Name a file in it.", "{file} 是文件夹，请指定其中的文件。");

    public static FindingKind Denied { get; } = new(
        "file.denied", Severity.Refusal,
        "{file} cannot be opened. Close the program that has it open, or have the right to it given to you.",
        "{file} 无法打开。请关闭占用它的程序，或取得访问权限。");

    public static FindingKind NotWritten { get; } = new(
        "file.not_written", Severity.Refusal,
        "{file} was left as it was, because it cannot be written. Check that the folder exists and that you may write there.",
        "{file} 无法写入，原内容未改动。请检查文件夹是否存在以及是否有写入权限。");

    public static FindingKind NotEncodable { get; } = new(
        "file.not_encodable", Severity.Refusal,
        "{file} was left as it was, because it holds characters that {encoding} lacks. Save it as UTF-8 first.",
        "{file} 含有 {encoding} 无法表示的字符，原内容未改动。请先另存为 UTF-8。");
}

/// <summary>A file cannot be read or written; the finding says which, where and what to do.</summary>
internal sealed class TextFileException(Finding finding) : Exception(finding.Text(Language.English))
{
    public Finding Finding { get; } = finding;
}
