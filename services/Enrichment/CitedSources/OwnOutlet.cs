using Monitoring.Contracts;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.CitedSources;

/// <summary>
/// The article's own outlet under whichever of its names, which is no source of itself. Where nobody tells it, a dateline of a
/// medium that serves no others does: "LONDON (CNN) -" is CNN's article, "LONDON (Reuters) -" may stand anywhere.
/// </summary>
sealed class OwnOutlet
{
    readonly Outlet? outlet;
    readonly string? host, name;
    readonly SourceText text;

    public OwnOutlet(Outlets outlets, Source? source, string? url, SourceText text, List<MediumMention> media)
    {
        this.text = text;
        host = source?.Domain ?? (Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.IdnHost.ToLowerInvariant() : null);
        if (host?.StartsWith("www.", StringComparison.Ordinal) == true) host = host[4..];
        outlet = outlets.Own(source, host);
        name = source?.Name is { Length: > 0 } given ? Outlets.Squash(given) : null;
        if (outlet is null && host is null && name is null) outlet = Dateline(text, media);
    }

    public bool Is(Candidate candidate)
    {
        if (candidate.Outlet is { } medium)
        {
            if (medium.Outlet is not null && medium.Outlet == outlet) return true;
            if (medium.Host is { } address && host is not null) return address == host || address.EndsWith($".{host}", StringComparison.Ordinal) || host.EndsWith($".{address}", StringComparison.Ordinal);
        }
        if (candidate.Kind is SourceKind.Anonymous or SourceKind.Document || name is null && host is null) return false;
        var (first, end) = candidate.Outlet is { } named ? (named.First, named.End) : (candidate.First, candidate.End);
        var squashed = Outlets.Squash(text.Document.Text[text.Document.Tokens[first].Start..text.Document.Tokens[end - 1].End]);
        // "The News" in the New York Daily News
        if (outlet is not null && end - first == 1 && first > 0 && text.Is(first - 1, SourceText.The) && candidate.Outlet is not { Outlet.Kind: OutletKind.Agency or OutletKind.Platform } && text.Document.Text[text.Document.Tokens[first].Start..text.Document.Tokens[first].End] is var last && outlet.Name.EndsWith($" {last}", StringComparison.Ordinal)) return true;
        return squashed.Length > 0 && (squashed == name || host is not null && host.Split('.') is var labels && labels.Contains(squashed));
    }

    static Outlet? Dateline(SourceText text, List<MediumMention> media)
    {
        const int Farthest = 150;
        foreach (var medium in media)
        {
            if (medium.First > Farthest) break;
            if (medium is { First: > 0, Outlet.Kind: OutletKind.Outlet } && text.IsMark(medium.First - 1, '(') && medium.End < text.Document.Tokens.Length && text.IsMark(medium.End, ')')) return medium.Outlet;
        }
        return null;
    }
}
