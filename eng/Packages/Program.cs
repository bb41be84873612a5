// What stands in the packages beside our own code: the bill of materials, and the licences of everything restored.
//   licences [--write]   every restored package has an allowed licence; eng/licences/LICENCES.md is current (or is written)
//   sbom FILE            CycloneDX 1.5 of everything the shipped packages restore, from the lock files
using System;
using System.IO;
using System.Linq;
using Packages;

string root = FindRoot();
switch (args)
{
    case ["licences", .. var rest]:
        return Licences.Check(root, write: rest.Contains("--write"));
    case ["sbom", var file]:
        File.WriteAllText(file, BillOfMaterials.Of(root));
        return 0;
    default:
        Console.Error.WriteLine("Usage: licences [--write] | sbom FILE");
        return 2;
}

static string FindRoot()
{
    for (DirectoryInfo? folder = new(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
    {
        if (File.Exists(Path.Combine(folder.FullName, "OrderKernel.sln")))
        {
            return folder.FullName;
        }
    }

    throw new InvalidOperationException("Run this inside the repository.");
}
