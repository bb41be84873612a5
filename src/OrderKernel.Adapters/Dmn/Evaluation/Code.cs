using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Evaluation;

/// <summary>A node made ready to run: no names to look up, no kinds of node to tell apart.</summary>
internal delegate FeelValue Code(Frame frame, Run run);
