using AngleSharp.Html.Dom;

namespace Monitoring.Ingest.Pages;

/// <summary>Finds the article on a page: news, blog, press release, live blog; any language, any template.</summary>
public static class PageBody
{
    const int Least = 60; // letters: shorter is a caption or a notice, not an article

    /// <param name="document">The page; it is read, not changed.</param>
    /// <param name="title">The headline where known: it is no part of the body.</param>
    /// <returns>Null where the page holds no article.</returns>
    public static BodyText? Read(IHtmlDocument document, string? title)
    {
        if (document.Body is not { } root) return null;
        var stated = StatedBody.Find(document);
        var (blocks, weight) = Read(PageOutline.Of(root), stated, title);
        if (weight < 200)
        {
            // Little or nothing is visible without scripts: what they would show may be there, hidden.
            var (all, more) = Read(PageOutline.Of(root, everything: true), stated, title);
            if (more > 2 * weight + 200) (blocks, weight) = (all, more);
        }
        // The page shows much less than it states: an application that draws its text itself.
        if (stated is not null && weight < stated.Weight / 3) return new BodyText(stated.Text.Split("\n\n"));
        return weight >= Least ? new BodyText(blocks) : null;
    }

    static (List<string> Blocks, int Weight) Read(PageOutline outline, StatedBody? stated, string? title)
    {
        if (outline.Blocks.Count == 0) return ([], 0);
        var headline = new Headline(outline, title);
        var clutter = PageClutter.Find(outline, headline.Block);
        var places = outline.Blocks.ConvertAll(block => stated?.Place(block) ?? -1);
        var found = BodyRegion.Find(outline, clutter, [.. places.Select(place => place >= 0)], headline.Block);
        var kept = BodyBlocks.Keep(outline, found, places, headline);
        if (kept.Count > 0 && headline.Standfirst(outline, kept[0]) is { } standfirst) kept.Insert(0, standfirst);
        return (kept.ConvertAll(b => outline.Blocks[b].Text), kept.Sum(b => outline.Blocks[b].Weight));
    }
}
