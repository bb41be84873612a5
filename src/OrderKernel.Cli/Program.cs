using System.CommandLine;
using OrderKernel.Cli;

var root = new RootCommand("OrderKernel on your own files.");
root.Add(RulesCommand.Build());
return root.Parse(args).Invoke();
