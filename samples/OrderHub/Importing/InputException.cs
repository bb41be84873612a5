using System;

namespace OrderHub.Importing;

/// <summary>The files or the profile that were named cannot be used; the message says which and what to do.</summary>
internal sealed class InputException(string message) : Exception(message);
