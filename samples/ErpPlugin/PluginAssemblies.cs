using System;
using System.IO;
using System.Reflection;

namespace ErpPlugin
{
    /// <summary>Finds our assemblies in the plug-in's own folder, whatever version they were asked for in: what binding redirects do for
    /// a program that owns its configuration. A plug-in does not own the ERP's.</summary>
    internal static class PluginAssemblies
    {
        private static readonly string Folder = AppDomain.CurrentDomain.BaseDirectory;

        /// <summary>Call it first, in a method that touches no type of ours.</summary>
        public static void Serve() => AppDomain.CurrentDomain.AssemblyResolve += Resolve;

        private static Assembly Resolve(object sender, ResolveEventArgs wanted)
        {
            string file = Path.Combine(Folder, new AssemblyName(wanted.Name).Name + ".dll");
            return File.Exists(file) ? Assembly.LoadFrom(file) : null;
        }
    }
}
