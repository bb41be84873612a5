using System.CommandLine;
using OrderKernel.Cli;

var root = new RootCommand("orderkernel: decisions of the order-management kernel on your own files.");
root.Add(RulesCommand.Build());
root.Add(SourceCommand.Build());
root.Add(ReallocateCommand.Build());
root.Add(PackCommand.Build());
root.Add(PromiseCommand.Build());
root.Add(DbCommand.Build());
root.Add(LifecycleCommand.Build());
root.Add(CalendarCommand.Build());
return root.Parse(args).Invoke();
