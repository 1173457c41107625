using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities.Tagging;

/// <summary>Where every word is capitalised ("Beck Wows the Crowd"), the body says which of them are the name.</summary>
static class HeadlineNames
{
    const int LongestName = 6;

    readonly struct StartsAt(int offset) : IComparable<Token>
    {
        public int CompareTo(Token token) => offset.CompareTo(token.Start);
    }

    /// <summary>Index of the body's first token.</summary>
    public static int BodyOf(Document document)
    {
        var body = document.Tokens.AsSpan().BinarySearch(new StartsAt(document.BodyStart));
        return body < 0 ? ~body : body;
    }

    /// <summary>Cuts the names of the headline to the longest part that the body names, of the same type: Iran's Nuclear Agency is not Iran.</summary>
    public static void Judge(Document document, List<NamedSpan> names, int body)
    {
        if (names[0].First >= body || names[^1].First < body) return;
        var known = new Dictionary<ulong, EntityType>();
        foreach (var name in names)
            if (name.First >= body) known.TryAdd(Surface.Of(document, name.First, name.End), name.Type);
        for (var i = 0; i < names.Count && names[i].First < body; i++) names[i] = Longest(document, names[i], known);
    }

    static NamedSpan Longest(Document document, NamedSpan name, Dictionary<ulong, EntityType> known)
    {
        for (var length = Math.Min(name.End - name.First, LongestName); length > 0; length--)
            for (var first = name.First; first + length <= name.End; first++)
                if (known.TryGetValue(Surface.Of(document, first, first + length), out var type) && (type == name.Type || length == name.End - name.First)) return new NamedSpan(first, first + length, type);
        return name;
    }
}
