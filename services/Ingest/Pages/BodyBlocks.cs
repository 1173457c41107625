namespace Monitoring.Ingest.Pages;

/// <summary>Of the blocks where the article stands, those that are its words: no headline, credits, invitations, related links, endings.</summary>
static class BodyBlocks
{
    const int MaxRepeats = 500; // blocks; looking for repetitions takes the square of them

    public static List<int> Keep(PageOutline outline, List<int> found, List<double> places, Headline headline)
    {
        var blocks = outline.Blocks;
        var end = End(blocks, found, places);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var all = found.Count < MaxRepeats ? string.Join('\n', found.Select(b => blocks[b].Text)) : "";
        var bare = found.Where(b => blocks[b].Kind is BlockKind.Bare).Sum(b => Sums.Worth(blocks[b])) > 0.3 * found.Sum(b => Sums.Worth(blocks[b]));
        var lists = Lists(outline, found);
        var kept = new List<int>();
        var skipping = false;
        var homes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var b in found)
        {
            var block = blocks[b];
            if (b > end) break;
            if (Furniture.EndsArticle(block) && (block.Kind is BlockKind.Heading or BlockKind.Bare || block.Linked == 0 && block.Kind is BlockKind.Paragraph))
            {
                skipping = true;
                continue;
            }
            // After such a heading only prose in a home that the article had before goes on with it.
            if (skipping && !(block.IsProse && block.LinkDensity < 0.25 && block.Kind is not BlockKind.Item && homes.Contains(Home(outline, block)) || places[b] >= 0)) continue;
            skipping = false;
            if (kept.Count < 3 && headline.Is(block)) continue;
            if (!IsArticle(outline, b, places[b] >= 0, bare, kept, lists)) continue;
            if (block.Weight >= 25 && (!seen.Add(block.Text) || IsPullQuote(block, all))) continue;
            if (block.IsProse) homes.Add(Home(outline, block));
            kept.Add(b);
        }
        return Trim(outline, kept, places);
    }

    // Said again in large letters: all of it, perhaps but for the quotation marks, is part of a longer paragraph.
    static bool IsPullQuote(Block block, string all)
    {
        var text = block.Text.Trim('"', '“', '”', '„', '«', '»', '‘', '’', '\'', ' ', '.', '…');
        if (block.Kind is BlockKind.Heading || text.Length is < 30 or > 400) return false;
        for (var at = all.IndexOf(text, StringComparison.Ordinal); at >= 0; at = all.IndexOf(text, at + text.Length, StringComparison.Ordinal))
        {
            var (from, to) = (all.LastIndexOf('\n', at) + 1, all.IndexOf('\n', at));
            if ((to < 0 ? all.Length : to) - from > block.Text.Length + 20) return true;
        }
        return false;
    }

    static bool IsArticle(PageOutline outline, int b, bool stated, bool bare, List<int> kept, Dictionary<int, double> lists)
    {
        var block = outline.Blocks[b];
        if (Furniture.IsLine(block)) return false;
        if (stated) return true;
        var density = block.LinkDensity;
        return block.Kind switch
        {
            BlockKind.Heading or BlockKind.Verbatim => true,
            // A sentence may be one link; a line that is one link and no sentence points elsewhere.
            BlockKind.Paragraph => density < 0.8 || density < 0.95 && block.Ends || block.Ends && block.Weight >= 60,
            BlockKind.Item => lists[List(outline, block)] < 0.75 || kept.Count > 0 && outline.Blocks[kept[^1]] is { Ends: true, Text: var before } && before.TrimEnd()[^1] is ':' or '：',
            BlockKind.Row => density < 0.6,
            _ => density < 0.5 && (block.IsProse || bare && (block.Weight >= 25 || block.Ends) || block.Weight >= 25 && block.Ends),
        };
    }

    // The share of links in each list: one item that is a link is a source, a list of them is a menu.
    static Dictionary<int, double> Lists(PageOutline outline, List<int> found) =>
        found.Where(b => outline.Blocks[b].Kind is BlockKind.Item).GroupBy(b => List(outline, outline.Blocks[b]))
            .ToDictionary(list => list.Key, list => (double)list.Sum(b => outline.Blocks[b].Linked) / list.Sum(b => outline.Blocks[b].Weight));

    static int List(PageOutline outline, Block block)
    {
        var region = block.Region;
        for (var level = 0; level < 3 && region > 0 && outline.Regions[region].Tag is not ("ul" or "ol" or "dl"); level++) region = outline.Regions[region].Parent;
        return region;
    }

    static string Home(PageOutline outline, Block block)
    {
        var region = outline.Regions[block.Region];
        var parent = region.Parent < 0 ? region : outline.Regions[region.Parent];
        return $"{region.Tag} {region.Element?.ClassName} in {parent.Tag} {parent.Element?.ClassName}";
    }

    // Where the page's own statement of the text ends on it, if it is a statement of all of it.
    static int End(List<Block> blocks, List<int> found, List<double> places)
    {
        var last = found.FindLastIndex(b => places[b] > 0.97);
        if (last < 0) return int.MaxValue;
        var all = found.Sum(b => Sums.Worth(blocks[b]));
        var after = found.Skip(last + 1).Sum(b => Sums.Worth(blocks[b]));
        return after < 0.25 * all ? found[last] : int.MaxValue;
    }

    // The article begins with prose, or with a heading over it, and ends with what is more than a label.
    static List<int> Trim(PageOutline outline, List<int> kept, List<double> places)
    {
        var blocks = outline.Blocks;
        bool Opens(int b) => blocks[b].IsProse || places[b] >= 0 || blocks[b] is { Kind: BlockKind.Paragraph, Weight: >= 30 } or { Kind: BlockKind.Item, Weight: >= 25, LinkDensity: < 0.2 };
        var prose = kept.FindLast(b => blocks[b].IsProse);
        bool Closes(int b) => places[b] >= 0 || blocks[b] switch
        {
            { Kind: BlockKind.Heading } => false,
            { Kind: BlockKind.Bare } block => block.IsProse || blocks[prose].Kind is BlockKind.Bare && outline.Home(block) == outline.Home(blocks[prose]),
            { Kind: BlockKind.Row or BlockKind.Verbatim } => true,
            var block => block.LinkDensity < 0.5,
        };
        var first = kept.FindIndex(b => Opens(b) && (places[b] >= 0 || blocks[b].Kind is BlockKind.Item || !Furniture.IsByline(blocks[b])));
        var last = kept.FindLastIndex(b => Closes(b));
        if (first < 0 || last < first) return [];
        if (first > 0 && blocks[kept[first - 1]] is { Kind: BlockKind.Heading } over && outline.Regions[over.Region].Tag is not "h1" && !Furniture.IsByline(over)) first--;
        return kept.GetRange(first, last - first + 1);
    }
}
