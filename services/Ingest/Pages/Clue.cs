using AngleSharp.Dom;

namespace Monitoring.Ingest.Pages;

/// <summary>An element that may say something, and where in <see cref="MetadataScan.Text"/> its own text stands.</summary>
/// <param name="Element">Itself.</param>
/// <param name="Kind">Why it was noted.</param>
/// <param name="Value">A machine-readable attribute, where it has one.</param>
/// <param name="Hint">Its itemprop or property, else class and id.</param>
/// <param name="Start">Where its text begins.</param>
/// <param name="End">Where it ends; at <paramref name="Start"/> where it holds too much to be a clue.</param>
/// <param name="Part">What it stands in.</param>
readonly record struct Clue(IElement Element, Clue.Kinds Kind, string? Value, string Hint, int Start, int End, PagePart? Part)
{
    public enum Kinds { Heading, Property, Time, DateClass, Person, PersonClass }
}

/// <summary>A short line of text with a digit in it.</summary>
/// <param name="Start">Where it begins in <see cref="MetadataScan.Text"/>.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Part">What it stands in.</param>
/// <param name="Linked">Most of it is a link.</param>
readonly record struct DatedLine(int Start, int End, PagePart? Part, bool Linked);
