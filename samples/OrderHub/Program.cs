using System;
using System.Text;
using OrderHub;

Console.OutputEncoding = new UTF8Encoding(false);
return await Hub.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
