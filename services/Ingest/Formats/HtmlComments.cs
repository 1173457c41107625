using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Formats;

/// <summary>
/// For every text from outside before AngleSharp reads it: within a comment AngleSharp 1.10.3 goes three steps down its stack for
/// each <c>--!-</c>, and 43,602 of them ended the process. With a space in place of the mark a comment ends where it did.
/// </summary>
static partial class HtmlComments
{
    public static string Defuse(string html) => Bangs().Replace(html, " ");

    [GeneratedRegex("(?<=--)!(?=-)")]
    private static partial Regex Bangs();
}
