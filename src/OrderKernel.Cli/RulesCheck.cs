using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Strict;
using OrderKernel.Findings;

namespace OrderKernel.Cli;

/// <summary><c>rules check FILE</c>: strict reading and analysis.</summary>
internal static class RulesCheck
{
    public static Command Build()
    {
        Argument<FileInfo> file = RulesCommand.FileArgument();
        var schema = new Option<FileInfo?>("--schema") { Description =
            "The facts the host supplies, as {\"facts\":[{\"name\":…,\"type\":…,\"values\":[…]}]}." };
        Option<string> language = RulesCommand.LanguageOption();
        Option<string> encoding = TextFileOption.Encoding();
        var command = new Command("check", "Read strictly and analyse; exit code 1 when something refuses the model.") { file,
            schema, language, encoding };
        command.SetAction(parsed =>
        {
            Language spoken = RulesCommand.Language(parsed.GetValue(language)!);
            return TextFileOption.Guard(spoken, () => Run(
                parsed.GetValue(file)!, parsed.GetValue(schema), spoken, parsed.GetValue(encoding)!));
        });
        return command;
    }

    private static int Run(FileInfo file, FileInfo? schemaFile, Language language, string encoding)
    {
        FactSchema? schema = null;
        try
        {
            schema = schemaFile is null ? null : FactSchema.FromJson(RulesCommand.Read(schemaFile, encoding));
        }
        catch (ArgumentException error)
        {
            Console.Error.WriteLine(schemaFile!.Name + ": " + error.Message);
            return 2;
        }

        string xml = RulesCommand.Read(file, encoding);
        DmnReading reading = DmnModel.Read(xml,
            new DmnReadOptions(Schema: schema, Imports: TestFile.Imports(xml, file.FullName, file.DirectoryName!, encoding)));
        bool refused = RulesCommand.Print(reading.Findings, language);
        if (reading.Model is not null)
        {
            refused |= RulesCommand.Print(reading.Model.Analyse().SelectMany(a => a.Issues).Select(i => i.Finding), language);
            RulesCommand.Print(reading.Model.AnalyseRequirements(), language);
            Console.WriteLine($"version {reading.Model.Version}");
        }

        return refused ? 1 : 0;
    }
}
