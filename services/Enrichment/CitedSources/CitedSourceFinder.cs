using System.Globalization;
using System.Text;
using Monitoring.Contracts;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.CitedSources;

/// <summary>
/// Whom an article itself names as the source of what it tells: media, whoever follows "according to", documents that say something,
/// and unnamed people who speak as holders of information; never the article's own outlet. By cue words and the noun phrases beside
/// them, so that it needs no entity to be known. Who merely speaks openly ("Smith said") is no cited source.
/// </summary>
public sealed class CitedSourceFinder
{
    readonly WordClasses classes;
    readonly Outlets outlets;
    readonly MediaMentions mentions;

    public CitedSourceFinder(Knowledge knowledge)
    {
        classes = new WordClasses(knowledge);
        outlets = new Outlets(knowledge);
        mentions = new MediaMentions(outlets);
    }

    /// <param name="document">In English.</param>
    /// <param name="entities">Whom and what it names.</param>
    /// <param name="outlet">Where it comes from.</param>
    /// <param name="url">Its address; tells the outlet where <paramref name="outlet"/> does not.</param>
    /// <returns>In order of the text, one for every time a source is cited.</returns>
    public IReadOnlyList<CitedSource> Find(Document document, ArticleEntities entities, Source? outlet, string? url)
    {
        var text = new SourceText(document, entities, classes.Of(document));
        var media = mentions.Find(text);
        var found = new List<Candidate>();
        MediaCues.Find(text, media, found);
        Attributions.Find(text, media, found);
        UnnamedMedia.Find(text, media, found);
        Headlines.Find(text, media, found);
        UnnamedPeople.Find(text, media, found);
        Documents.Find(text, found);
        if (found.Count == 0) return [];

        var own = new OwnOutlet(outlets, outlet, url, text, media);
        // What was found first is surer; of two that overlap it stays.
        var order = Enumerable.Range(0, found.Count).OrderBy(i => found[i].Kind is SourceKind.Medium ? 0 : 1).ThenBy(i => i).ToList();
        var taken = new bool[document.Tokens.Length];
        var kept = new List<Candidate>(found.Count);
        foreach (var i in order)
        {
            var candidate = found[i];
            var free = candidate.First;
            while (free < candidate.End && !taken[free]) free++;
            if (free < candidate.End && (free == candidate.First || candidate.Kind != SourceKind.Anonymous)) continue;
            // "residents contacted by Reuters": the residents are another source.
            while (free > candidate.First + 1 && text.Is(free - 1, WordClass.Stop | WordClass.Determiner | WordClass.Tail)) free--;
            candidate = candidate with { End = free };
            taken.AsSpan(candidate.First, candidate.End - candidate.First).Fill(true);
            if (!own.Is(candidate)) kept.Add(candidate);
        }
        kept.Sort((one, other) => one.First.CompareTo(other.First));
        return kept.ConvertAll(candidate => ToContract(text, candidate));
    }

    static CitedSource ToContract(SourceText text, Candidate candidate)
    {
        var document = text.Document;
        var last = document.Tokens[candidate.End - 1];
        // "on X.": the period is the sentence's.
        var span = document.Span(document.Tokens[candidate.First].Start, last.Length == 2 && document.Text[last.Start + 1] == '.' ? last.End - 1 : last.End);
        var cue = document.Span(document.Tokens[candidate.CueFirst].Start, document.Tokens[candidate.CueEnd - 1].End);
        var (id, name) = Identify(text, candidate, span.Text);
        return new CitedSource { Id = id, Name = name, Anonymous = candidate.Kind == SourceKind.Anonymous, Cue = cue.Text, Start = span.Start, End = span.End };
    }

    static (string Id, string Name) Identify(SourceText text, Candidate candidate, string name)
    {
        if (candidate.Kind == SourceKind.Anonymous) return ($"anonymous:{Slug(name)}", name);
        if (candidate.Kind == SourceKind.Document) return ($"document:{Slug(name)}", name);
        if (candidate.Outlet is { Host: { } host }) return ($"host:{host}", host);
        if (text.Entities.At(candidate.First) is var at and >= 0 && text.Entities.Mentions[at] is var mention && mention.First <= candidate.First && mention.End >= candidate.End
            && text.Entities.Entities[mention.Entity] is { Ambiguous: false } entity && (candidate.Kind != SourceKind.Medium || entity.Type == EntityType.Organisation)) return (entity.Id, entity.Name);
        if (candidate.Outlet is { Outlet: { } outlet }) return (outlet.Id, outlet.Name);
        if (candidate.Outlet is { } earlier && (earlier.First != candidate.First)) name = text.Document.Span(text.Document.Tokens[earlier.First].Start, text.Document.Tokens[earlier.End - 1].End).Text;
        return ($"ent:organisation:{Slug(name)}", name);
    }

    /// <summary>A name as an id may carry it: lower-case ASCII and hyphens, whatever the script lost.</summary>
    static string Slug(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var c in WellFormed(name).Normalize(NormalizationForm.FormD))
        {
            if (char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }
        return slug.ToString().Trim('-') is { Length: > 0 } ascii ? ascii : "unnamed";
    }

    // Normalisation throws on half a surrogate pair.
    static string WellFormed(string name) => name.Any(char.IsSurrogate) ? string.Concat(name.Where(c => !char.IsSurrogate(c))) : name;
}
