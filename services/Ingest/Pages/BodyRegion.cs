namespace Monitoring.Ingest.Pages;

/// <summary>Where on the page the article stands.</summary>
/// <remarks>
/// The way of Readability (Arc90, 2009): each paragraph speaks for its parent, less for the parent's parent, so that paragraphs
/// that share a home win over scattered ones; then the neighbours that read like the article join it.
/// </remarks>
static class BodyRegion
{
    static readonly double[] Shares = [1, 0.5, 0.25, 0.15, 0.1];

    /// <returns>The blocks, in order; none where nothing on the page reads like an article.</returns>
    public static List<int> Find(PageOutline outline, bool[] clutter, bool[] stated, int title)
    {
        var (blocks, regions) = (outline.Blocks, outline.Regions);
        var (prose, noise) = (new double[blocks.Count + 1], new double[blocks.Count + 1]);
        for (var b = 0; b < blocks.Count; b++)
        {
            var block = blocks[b];
            var worth = clutter[b] ? 0 : Sums.Worth(block);
            prose[b + 1] = prose[b] + worth;
            noise[b + 1] = noise[b] + (clutter[b] || worth > 0 || stated[b] ? 0 : block.Kind is BlockKind.Item or BlockKind.Row or BlockKind.Verbatim or BlockKind.Paragraph && block.LinkDensity < 0.3 ? 10 : 20 + Math.Min(200, block.Weight));
        }
        double Prose(Region region) => prose[region.EndBlock] - prose[region.FirstBlock];
        double Noise(Region region) => noise[region.EndBlock] - noise[region.FirstBlock];

        var taken = new bool[blocks.Count];
        var endings = new int[blocks.Count]; // asked once for each block: 0 not yet, 1 goes on, 2 ends
        var scores = new double[regions.Count];
        for (var b = 0; b < blocks.Count; b++)
        {
            if (clutter[b] || Sums.Worth(blocks[b]) is var worth && worth == 0) continue;
            if (stated[b]) worth *= 3;
            var region = outline.Home(blocks[b]);
            for (var level = 0; level < Shares.Length && region >= 0; level++, region = regions[region].Parent) scores[region] += worth * Shares[level];
        }
        var links = new Sums(blocks, clutter);
        var top = -1;
        for (var r = 0; r < regions.Count; r++)
        {
            if (scores[r] == 0) continue;
            var region = regions[r];
            scores[r] *= (region.Marks.HasFlag(Marks.Body) ? 1.3 : 1) * (region.Tag is "article" ? 1.2 : region.Tag is "main" ? 1.1 : region.Tag is "li" or "ul" or "ol" or "dl" ? 0.7 : 1);
            var density = links.Links(region.FirstBlock, region.EndBlock).Density;
            scores[r] *= Prose(region) / (Prose(region) + 0.5 * Noise(region)) * (1 - density) * (1 - density);
            if (top < 0 || scores[r] > scores[top]) top = r;
        }
        if (top < 0) return [];

        if (Declared(regions, Prose) is { Count: > 0 } declared && declared.Sum(Prose) is var said && said >= 200 && said >= 0.4 * Prose(regions[top]))
        {
            foreach (var region in declared) Take(taken, region.FirstBlock, region.EndBlock);
            Widen(regions.IndexOf(declared[0]), leadOnly: true);
        }
        else
        {
            Take(taken, regions[top].FirstBlock, regions[top].EndBlock);
            Widen(top, leadOnly: false);
        }
        return [.. Enumerable.Range(0, blocks.Count).Where(b => taken[b] && !clutter[b])];

        bool Ends(int b) => (endings[b] = endings[b] > 0 ? endings[b] : Furniture.EndsArticle(blocks[b]) ? 2 : 1) == 2;

        // Up from the body, level by level: neighbours with more prose than noise belong to it, and what lies between them.
        void Widen(int path, bool leadOnly)
        {
            for (var levels = 0; levels < 30 && regions[path].Parent is >= 0 and var parent && regions[path].Tag is not ("article" or "main" or "body"); levels++)
            {
                var (from, to) = (regions[path].FirstBlock, regions[path].EndBlock);
                var stop = to;
                while (stop < regions[parent].EndBlock && !Ends(stop)) stop++;
                for (var child = parent + 1; child < regions[parent].End; child = regions[child].End)
                {
                    var region = regions[child];
                    if (child == path || region.FirstBlock <= title || region.EndBlock == region.FirstBlock) continue;
                    var before = region.FirstBlock < regions[path].FirstBlock;
                    var lead = before && (region.Marks & Marks.Lead) != 0 && region.EndBlock - region.FirstBlock <= 3;
                    if (leadOnly && !lead || !before && region.FirstBlock >= stop) continue;
                    var points = before && Enumerable.Range(region.FirstBlock, region.EndBlock - region.FirstBlock).All(b => blocks[b].Kind is BlockKind.Item or BlockKind.Heading && blocks[b].Linked == 0) && region.EndBlock - region.FirstBlock is > 2 and < 12;
                    if (!points && (Prose(region) < (lead ? 40 : 100) || 0.8 * Prose(region) < Noise(region))) continue;
                    (from, to) = (Math.Min(from, region.FirstBlock), Math.Max(to, region.EndBlock));
                    Take(taken, region.FirstBlock, region.EndBlock);
                }
                // Headings and lists between the parts, and text that stands in the parent itself.
                for (var b = regions[parent].FirstBlock; b < regions[parent].EndBlock; b++)
                {
                    if (taken[b] || clutter[b] || leadOnly) continue;
                    var between = b >= from && b < to && blocks[b].LinkDensity < 0.3;
                    var own = blocks[b].Region == parent && blocks[b].IsProse && b > title && b < stop;
                    var heading = blocks[b].Kind is BlockKind.Heading && b + 1 < blocks.Count && b > title && taken[b + 1] && blocks[b].LinkDensity < 0.3;
                    if (between || own || heading) taken[b] = true;
                }
                if (title >= regions[parent].FirstBlock && title < regions[parent].EndBlock) return;
                path = parent;
            }
        }
    }

    static void Take(bool[] taken, int from, int to) => Array.Fill(taken, true, from, to - from);

    static List<Region> Declared(List<Region> regions, Func<Region, double> prose)
    {
        var declared = new List<Region>();
        for (var r = 0; r < regions.Count; r++)
        {
            if ((regions[r].Marks & Marks.Declared) == 0 || prose(regions[r]) == 0) continue;
            declared.Add(regions[r]);
            r = regions[r].End - 1;
        }
        return declared;
    }
}
