// Prints which requirement rows are covered by tests that passed in the last run: ids from the compiled tests, verdicts from
// the run's result files. A row counts only when every case of at least one test that is tagged with it passed, and none failed.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

string results = args[0];
var outcomes = new Dictionary<string, List<string>>(StringComparer.Ordinal);
var assemblies = new SortedSet<string>(StringComparer.Ordinal);
foreach (string file in Directory.EnumerateFiles(results, "*.trx").Order(StringComparer.Ordinal))
{
    XElement run = XElement.Load(file);
    XNamespace ns = run.Name.Namespace;
    var methods = run.Descendants(ns + "UnitTest").ToDictionary(
        test => (string)test.Attribute("id")!,
        test =>
        {
            XElement method = test.Element(ns + "TestMethod")!;
            assemblies.Add((string)method.Attribute("codeBase")!);
            return $"{(string)method.Attribute("className")!}.{(string)method.Attribute("name")!}";
        });
    foreach (XElement result in run.Descendants(ns + "UnitTestResult"))
    {
        string method = methods[(string)result.Attribute("testId")!];
        if (!outcomes.TryGetValue(method, out List<string>? seen))
        {
            outcomes.Add(method, seen = new List<string>());
        }

        seen.Add((string)result.Attribute("outcome")!);
    }
}

var covered = new SortedDictionary<string, SortedDictionary<string, List<string>>>(StringComparer.Ordinal);
foreach ((string method, string kind, string id) in assemblies.SelectMany(Tags))
{
    if (outcomes.TryGetValue(method, out List<string>? seen) && seen.TrueForAll(outcome => outcome == "Passed"))
    {
        if (!covered.TryGetValue(id, out var kinds))
        {
            covered.Add(id, kinds = new SortedDictionary<string, List<string>>(StringComparer.Ordinal));
        }

        if (!kinds.TryGetValue(kind, out List<string>? tests))
        {
            kinds.Add(kind, tests = new List<string>());
        }

        tests.Add(method);
    }
}

foreach ((string id, var kinds) in covered)
{
    string how = kinds.ContainsKey("Req") ? "Req    " : "ReqPart";
    Console.WriteLine($"{id}  {how}  {string.Join(", ", kinds.Values.SelectMany(tests => tests).Distinct())}");
}

int whole = covered.Values.Count(kinds => kinds.ContainsKey("Req"));
Console.WriteLine($"{whole} rows whole, {covered.Count - whole} rows in part, by passing tests");

// The traits of a test assembly, read from its metadata without loading it.
static IEnumerable<(string Method, string Kind, string Id)> Tags(string path)
{
    using var image = new PEReader(File.OpenRead(path));
    MetadataReader reader = image.GetMetadataReader();
    var tags = new List<(string, string, string)>();
    foreach (MethodDefinition method in reader.MethodDefinitions.Select(reader.GetMethodDefinition))
    {
        foreach (CustomAttribute attribute in method.GetCustomAttributes().Select(reader.GetCustomAttribute))
        {
            if (attribute.Constructor.Kind == HandleKind.MemberReference && NameOf(reader, attribute) == "TraitAttribute")
            {
                BlobReader value = reader.GetBlobReader(attribute.Value);
                value.ReadUInt16();
                string kind = value.ReadSerializedString()!;
                string id = value.ReadSerializedString()!;
                if (kind is "Req" or "ReqPart")
                {
                    tags.Add((FullName(reader, method), kind, id));
                }
            }
        }
    }

    return tags;
}

static string NameOf(MetadataReader reader, CustomAttribute attribute)
{
    EntityHandle parent = reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
    return parent.Kind == HandleKind.TypeReference
        ? reader.GetString(reader.GetTypeReference((TypeReferenceHandle)parent).Name)
        : string.Empty;
}

static string FullName(MetadataReader reader, MethodDefinition method)
{
    TypeDefinition type = reader.GetTypeDefinition(method.GetDeclaringType());
    string name = reader.GetString(type.Name);
    for (TypeDefinitionHandle outer = type.GetDeclaringType(); !outer.IsNil; outer = type.GetDeclaringType())
    {
        type = reader.GetTypeDefinition(outer);
        name = reader.GetString(type.Name) + "+" + name;
    }

    return $"{reader.GetString(type.Namespace)}.{name}.{reader.GetString(method.Name)}";
}
