namespace Monitoring.Ingest.Pages;

/// <summary>Which blocks stand beside the article wherever they are: menus, share bars, related stories, captions, comments.</summary>
/// <remarks>
/// A name alone decides nothing: <c>article-related-content</c> may be the body itself. What holds a large share of the page's
/// prose is never clutter.
/// </remarks>
static class PageClutter
{
    public static bool[] Find(PageOutline outline, int headline)
    {
        var (blocks, regions) = (outline.Blocks, outline.Regions);
        var clutter = new bool[blocks.Count];
        var sums = new Sums(blocks);
        MarkRivers(regions, sums, headline, clutter);
        if (Array.IndexOf(clutter, true) >= 0) sums = new Sums(blocks, clutter);
        var total = sums.Prose(0, blocks.Count) - CommentProse(regions, sums, headline);
        for (var r = 0; r < regions.Count; r++)
        {
            var region = regions[r];
            if (region.EndBlock == region.FirstBlock)
            {
                r = region.End - 1;
            }
            else if (IsClutter(region, sums, total, headline))
            {
                Array.Fill(clutter, true, region.FirstBlock, region.EndBlock - region.FirstBlock);
                r = region.End - 1;
            }
            else if (region.Tag is "header")
            {
                for (var b = region.FirstBlock; b < region.EndBlock; b++) clutter[b] |= !blocks[b].IsProse && blocks[b].Kind != BlockKind.Heading;
            }
        }
        return clutter;
    }

    // Four or more neighbours that are each a linked headline with an excerpt at most: other stories, whatever they are called.
    static void MarkRivers(List<Region> regions, Sums sums, int headline, bool[] clutter)
    {
        for (var r = 0; r < regions.Count; r++)
        {
            var region = regions[r];
            if (headline >= region.FirstBlock && headline < region.EndBlock || sums.Stories(region.FirstBlock, region.EndBlock) < 4) continue;
            var (parts, cards) = (0, 0);
            for (var child = r + 1; child < region.End; child = regions[child].End)
            {
                var (from, to) = (regions[child].FirstBlock, regions[child].EndBlock);
                if (to == from) continue;
                parts++;
                if (sums.Stories(from, to) is > 0 and var stories && to - from <= 8 * stories && sums.Prose(from, to) <= 250 * stories) cards++;
            }
            if (cards < 4 || cards < 0.7 * parts) continue;
            Array.Fill(clutter, true, region.FirstBlock, region.EndBlock - region.FirstBlock);
            r = region.End - 1;
        }
    }

    static bool IsClutter(Region region, Sums sums, double total, int headline)
    {
        var prose = sums.Prose(region.FirstBlock, region.EndBlock);
        var share = total > 0 ? prose / total : 1;
        var (weight, density) = sums.Links(region.FirstBlock, region.EndBlock);
        var marks = region.Marks;
        switch (region.Tag)
        {
            case "html" or "body" or "main": return false;
            case "figcaption": return true;
            case "nav" or "footer" or "aside" or "menu" or "address" or "form": if (share < 0.4) return true; break;
            case "figure": if (share < 0.3 && sums.Kinds(region.FirstBlock, region.EndBlock) == 0) return true; break;
            case "article": if (share > 0.3) return false; break;
        }
        if ((marks & Marks.Declared) != 0 || (marks & Marks.Body) != 0 && share > 0.2 && (marks & Marks.Comments) == 0) return false;
        // Nor what the headline stands in: the body's own container often has names that say which features it has.
        if (headline >= region.FirstBlock && headline < region.EndBlock) return false;
        if ((marks & Marks.Comments) != 0 && total >= 150) return true;
        if ((marks & (Marks.Clutter | Marks.Unseen)) != 0 && share < 0.4) return true;
        if ((marks & Marks.Doubtful) == 0 || (marks & Marks.Lead) != 0) return false;
        return density > 0.5 || prose == 0 && weight < 120 && region.Tag is "div" or "section" or "span" or "td";
    }

    // Outermost only: a comment's parts are comments too.
    static double CommentProse(List<Region> regions, Sums sums, int headline)
    {
        var prose = 0.0;
        for (var r = 0; r < regions.Count; r++)
        {
            if ((regions[r].Marks & (Marks.Comments | Marks.Body | Marks.Declared)) != Marks.Comments || regions[r].Tag is "body" or "main") continue;
            if (headline >= regions[r].FirstBlock && headline < regions[r].EndBlock) continue;
            prose += sums.Prose(regions[r].FirstBlock, regions[r].EndBlock);
            r = regions[r].End - 1;
        }
        return prose;
    }
}

/// <summary>Running sums over blocks, so that any region's share is two look-ups.</summary>
sealed class Sums
{
    readonly double[] prose;
    readonly int[] weight, linked, set, stories;

    /// <param name="blocks">All of the page's.</param>
    /// <param name="clutter">Those that count for nothing.</param>
    public Sums(List<Block> blocks, bool[]? clutter = null)
    {
        prose = new double[blocks.Count + 1];
        (weight, linked, set, stories) = (new int[blocks.Count + 1], new int[blocks.Count + 1], new int[blocks.Count + 1], new int[blocks.Count + 1]);
        for (var i = 0; i < blocks.Count; i++)
        {
            var counts = clutter is null || !clutter[i];
            prose[i + 1] = prose[i] + (counts ? Worth(blocks[i]) : 0);
            weight[i + 1] = weight[i] + (counts ? blocks[i].Weight : 0);
            linked[i + 1] = linked[i] + (counts ? blocks[i].Linked : 0);
            stories[i + 1] = stories[i] + (blocks[i] is { LinkDensity: > 0.9, Weight: >= 15 } ? 1 : 0);
            set[i + 1] = set[i] + (blocks[i].Kind is BlockKind.Row or BlockKind.Verbatim or BlockKind.Paragraph or BlockKind.Item ? 1 : 0);
        }
    }

    /// <summary>What a block is worth as prose: its weight outside links, capped so that one wall of small print outweighs no article.</summary>
    public static double Worth(Block block) => block.IsProse ? Math.Min(block.Weight - block.Linked, 500) : 0;

    public double Prose(int from, int to) => prose[to] - prose[from];

    public (int Weight, double Density) Links(int from, int to) =>
        (weight[to] - weight[from], (linked[to] - linked[from]) / Math.Max(1.0, weight[to] - weight[from]));

    /// <summary>Lines that are one link, as other stories' headlines are.</summary>
    public int Stories(int from, int to) => stories[to] - stories[from];

    /// <summary>Rows, lists, paragraphs and listings among the blocks.</summary>
    public int Kinds(int from, int to) => set[to] - set[from];
}
