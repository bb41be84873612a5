#if !NET
namespace System.Runtime.CompilerServices;

// What the compiler asks for and the old target lacks.
internal static class IsExternalInit
{
}
#endif
