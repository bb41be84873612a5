namespace OrderKernel.Adapters.Dmn.Evaluation;

internal static class Compiler
{
    public static void Compile(DmnModel model)
    {
    }
}
