namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>The prefixes in force at a place of the document, and what the names there mean by them.</summary>
sealed class XmlNames
{
    readonly Dictionary<string, string?> bound = new() { ["xml"] = "http://www.w3.org/XML/1998/namespace" };
    readonly Stack<(string Prefix, string? Before)> undo = [];
    string? core;

    // Of the raw names seen since the prefixes last changed.
    readonly Dictionary<string, string> keys = [];

    /// <summary>To be given to <see cref="Leave"/>.</summary>
    public int Mark => undo.Count;

    public string? Default => bound.GetValueOrDefault("");

    public bool IsBound(ReadOnlySpan<char> prefix) => prefix.SequenceEqual("xml") || bound.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(prefix, out var address) && address is not null;

    /// <summary>The default namespace of the root is the feed's own, whatever it is otherwise known for.</summary>
    public void TakeDefaultAsCore()
    {
        core = Default;
        keys.Clear();
    }

    public void Bind(string prefix, string address)
    {
        var before = bound.GetValueOrDefault(prefix);
        if (before == address) return;
        undo.Push((prefix, before));
        bound[prefix] = address.Length == 0 ? null : address;
        keys.Clear();
    }

    public void Leave(int mark)
    {
        if (undo.Count == mark) return;
        while (undo.Count > mark)
        {
            var (prefix, before) = undo.Pop();
            bound[prefix] = before;
        }
        keys.Clear();
    }

    /// <summary>Of <c>Prefix:Name</c>, the usual prefix and the name in lower case; without a prefix for RSS and Atom.</summary>
    public string Key(string name)
    {
        if (keys.TryGetValue(name, out var key)) return key;
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var (prefix, local) = colon < 0 ? ("", name) : (name[..colon], name[(colon + 1)..]);
        var address = bound.GetValueOrDefault(prefix);
        var usual = address is null ? Namespaces.ByPrefix(prefix) : address == core ? "" : Namespaces.Known(address) ?? Namespaces.ByPrefix(prefix);
        return keys[name] = usual.Length == 0 ? local.ToLowerInvariant() : $"{usual}:{local.ToLowerInvariant()}";
    }

    public string? Address(string name) => name.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? bound.GetValueOrDefault(name[..colon]) : Default;
}
