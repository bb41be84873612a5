using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Adapters.Csv.Reading;

namespace OrderHub.Importing;

/// <summary>The files of one run: orders, and beside them lines and stock where there are any.</summary>
internal sealed class SourceFiles
{
    private SourceFiles(CsvDocument orders, CsvDocument? lines, CsvDocument? stock, string hash)
    {
        Orders = orders;
        Lines = lines;
        Stock = stock;
        Hash = hash;
    }

    public CsvDocument Orders { get; }

    public CsvDocument? Lines { get; }

    public CsvDocument? Stock { get; }

    /// <summary>The first 8 hex digits of SHA-256 over the bytes of the files, in this order.</summary>
    public string Hash { get; }

    /// <summary>Whether every file has the columns it needs and stays within its bounds.</summary>
    public bool AreUsable => Orders.Faults.IsEmpty && Lines is not { Faults.IsEmpty: false } && Stock is not { Faults.IsEmpty: false };

    public static SourceFiles Read(ImportProfile profile, string place, HubText text)
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
        CsvDocument head = ReadOne(file, orders, hash);
        CsvDocument? lines = ReadBeside(folder, profile.Document(DocumentShape.Lines.Kind), hash);
        CsvDocument? stock = ReadBeside(folder, profile.Document(DocumentShape.Stock.Kind), hash);
        return new SourceFiles(head, lines, stock, Convert.ToHexStringLower(hash.GetHashAndReset())[..8]);
    }

    private static CsvDocument? ReadBeside(string folder, DocumentProfile? profile, IncrementalHash hash) =>
        profile is not null && Find(folder, profile) is { } file ? ReadOne(file, profile, hash) : null;

    private static CsvDocument ReadOne(string file, DocumentProfile profile, IncrementalHash hash)
    {
        byte[] bytes = File.ReadAllBytes(file);
        hash.AppendData(bytes);
        return CsvDocument.Read(bytes, Path.GetFileName(file), profile);
    }

    private static string? Find(string folder, DocumentProfile profile) =>
        profile.Files.Select(name => Path.Combine(folder, Path.GetFileName(name))).FirstOrDefault(File.Exists);
}
