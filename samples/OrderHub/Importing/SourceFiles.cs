using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using OrderKernel.Adapters.Csv.Documents;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Adapters.Csv.Reading;

namespace OrderHub.Importing;

/// <summary>The files of one run: orders, and beside them lines and stock where there are any. Orders and lines are read in parts, so
/// that a run holds on to one part, however large its files are.</summary>
internal sealed class SourceFiles
{
    private const long PartBytes = 4 << 20;
    private readonly ImportProfile profile;
    private readonly CsvFile orders;
    private readonly CsvFile? lines;
    private readonly CsvFile? stock;

    private SourceFiles(ImportProfile profile, CsvFile orders, CsvFile? lines, CsvFile? stock, string hash)
    {
        this.profile = profile;
        this.orders = orders;
        this.lines = lines;
        this.stock = stock;
        Hash = hash;
        Parts = (int)(1 + (Math.Max(orders.Bytes, lines?.Bytes ?? 0) / PartBytes));
    }

    /// <summary>The first 8 hex digits of SHA-256 over the bytes of the files, in this order.</summary>
    public string Hash { get; }

    public int Parts { get; }

    public bool HasLines => lines is not null;

    public static SourceFiles Open(ImportProfile profile, string place, HubText text)
    {
        DocumentProfile orders = profile.Document(DocumentShape.Orders.Kind)
            ?? throw new InputException(text.Say(HubText.NoOrdersDocument, profile.Name));
        bool isFolder = Directory.Exists(place);
        string folder = isFolder ? place : Path.GetDirectoryName(Path.GetFullPath(place)) ?? ".";
        string? file = isFolder ? Find(folder, orders) : File.Exists(place) ? place : null;
        if (file is null)
        {
            throw new InputException(text.Say(HubText.NoFile, place, string.Join(", ", orders.Files)));
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        CsvFile head = OpenOne(file, orders, hash);
        CsvFile? lines = OpenBeside(folder, profile.Document(DocumentShape.Lines.Kind), hash);
        CsvFile? stock = OpenBeside(folder, profile.Document(DocumentShape.Stock.Kind), hash);
        return new SourceFiles(profile, head, lines, stock, Convert.ToHexStringLower(hash.GetHashAndReset())[..8]);
    }

    /// <summary>One part of orders and lines, and their orders.</summary>
    public (OrderDocuments Documents, CsvDocument Orders, CsvDocument? Lines) ReadPart(int part)
    {
        CsvDocument heads = orders.Read(part, Parts);
        CsvDocument? own = lines?.Read(part, Parts);
        return (OrderDocuments.Join(profile, heads, own), heads, own);
    }

    public CsvDocument? ReadStock() => stock?.Read();

    private static CsvFile? OpenBeside(string folder, DocumentProfile? profile, IncrementalHash hash) =>
        profile is not null && Find(folder, profile) is { } file ? OpenOne(file, profile, hash) : null;

    private static CsvFile OpenOne(string file, DocumentProfile profile, IncrementalHash hash)
    {
        var buffer = new byte[81_920];
        using (FileStream content = File.OpenRead(file))
        {
            int read;
            while ((read = content.Read(buffer)) > 0)
            {
                hash.AppendData(buffer, 0, read);
            }
        }

        return CsvFile.Open(() => File.OpenRead(file), Path.GetFileName(file), profile);
    }

    private static string? Find(string folder, DocumentProfile profile) =>
        profile.Files.Select(name => Path.Combine(folder, Path.GetFileName(name))).FirstOrDefault(File.Exists);
}
