using OrderKernel.Cli;

return CommandLine.Run(args);
