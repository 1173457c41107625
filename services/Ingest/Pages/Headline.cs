using System.Text;

namespace Monitoring.Ingest.Pages;

/// <summary>The page's headline, where known, and where the page prints it: nothing above it is the article's.</summary>
sealed class Headline
{
    static readonly string[] Separators = [" | ", " - ", " – ", " — ", " · ", " » ", " :: ", ": "];
    readonly string letters;
    readonly HashSet<string> parts;

    /// <summary>Index of the block; -1 where there is none.</summary>
    public int Block { get; }

    public Headline(PageOutline outline, string? title)
    {
        letters = Letters(title ?? "");
        // Titles carry the site's name or a kicker on either side.
        parts = [.. (title ?? "").Split(Separators, StringSplitOptions.None).Select(Letters).Append(letters).Where(part => part.Length > 0)];
        Block = Find(outline);
    }

    int Find(PageOutline outline)
    {
        var blocks = outline.Blocks;
        // The longest, not the first: a logo is the site's name, which titles also carry.
        var named = Enumerable.Range(0, blocks.Count).Where(b => blocks[b].Kind is BlockKind.Heading or BlockKind.Bare && Is(blocks[b]))
            .DefaultIfEmpty(-1).MaxBy(b => b < 0 ? 0 : blocks[b].Weight);
        if (named >= 0) return named;
        bool IsTop(Block block) => block.Kind is BlockKind.Heading && outline.Regions[block.Region].Tag is "h1";
        var first = blocks.FindIndex(block => IsTop(block) && block.LinkDensity < 0.5);
        if (first < 0 || blocks.FindIndex(first + 1, IsTop) >= 0) return -1;
        var prose = blocks.FindIndex(block => block.IsProse && block.Weight >= 100);
        return prose < 0 || first <= prose + 3 ? first : -1;
    }

    /// <summary>Whether the block is the headline: the same letters, or all but the site's name or a kicker.</summary>
    public bool Is(Block block)
    {
        if (letters.Length == 0 || block.Weight > letters.Length * 3 || block.Text.Length > 600) return false;
        var text = Letters(block.Text);
        return parts.Contains(text) || Math.Min(text.Length, letters.Length) is >= 12 and var shorter && shorter * 2 >= Math.Max(text.Length, letters.Length)
            && (text.StartsWith(letters, StringComparison.Ordinal) || letters.StartsWith(text, StringComparison.Ordinal) || text.EndsWith(letters, StringComparison.Ordinal));
    }

    /// <summary>The sentence between headline and body that sums the article up.</summary>
    /// <returns>Index of the block; null where there is none, or the body begins with it.</returns>
    public int? Standfirst(PageOutline outline, int body)
    {
        if (Block < 0) return null;
        for (var b = Block + 1; b < body; b++)
        {
            var block = outline.Blocks[b];
            if (block.Weight is < 40 or > 500 || block.LinkDensity > 0.2 || Is(block) || Furniture.IsLine(block) || Furniture.IsByline(block)) continue;
            var marks = Marks.None;
            var region = block.Region;
            for (var level = 0; level < 3 && region >= 0 && outline.Regions[region] is { Tag: not ("body" or "article" or "main") } around; level++, region = around.Parent)
            {
                if (around.Tag is "figure" or "figcaption" or "nav" or "aside" or "form" or "ul") marks |= Marks.Clutter;
                marks |= around.Marks;
            }
            if ((marks & (Marks.Clutter | Marks.Comments | Marks.Unseen)) != 0) continue;
            var sentence = block.Ends && (block.Kind is BlockKind.Paragraph || block.Kind is BlockKind.Bare && block.Weight >= 60);
            if ((marks & Marks.Lead) != 0 || sentence || block.Kind is BlockKind.Heading && b == Block + 1) return b;
        }
        return null;
    }

    static string Letters(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var c in text)
            if (char.IsLetterOrDigit(c)) letters.Append(char.ToLowerInvariant(c));
        return letters.ToString();
    }
}
