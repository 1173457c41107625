using AngleSharp.Dom;

namespace Monitoring.Ingest.Pages;

/// <summary>A part of the page that the meaning of what stands in it depends on.</summary>
sealed class PagePart(PagePart? parent, PagePart.Kinds kind, IElement element, int start)
{
    /// <summary>Aside: menus, footers, related and latest articles, comments. Item: one article of perhaps many. Link: leads elsewhere. Scope: microdata.</summary>
    public enum Kinds { Aside, Header, Item, Main, Link, Scope }

    public PagePart? Parent { get; } = parent;
    public Kinds Kind { get; } = kind;
    public IElement Element { get; } = element;
    public int Start { get; } = start;
    public int End { get; set; } = int.MaxValue;

    public bool Holds(int position) => position >= Start && position < End;

    public static IEnumerable<PagePart> Around(PagePart? region)
    {
        for (; region is not null; region = region.Parent) yield return region;
    }
}
