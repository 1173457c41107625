using Monitoring.Contracts;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Facts;

/// <summary>
/// The dates and periods an English article names, those that are told from the day of publication too. Nothing is guessed: without
/// that day relative ones are left out, and so are days and months without a year.
/// </summary>
public static class DateFinder
{
    /// <param name="document">The article.</param>
    /// <param name="published">When it was published; its day is the one where it was, by the offset given.</param>
    public static IReadOnlyList<DateReference> Find(Document document, DateTimeOffset? published)
    {
        var today = published is { Year: >= 1900 and <= 2100 } known ? DateOnly.FromDateTime(known.DateTime) : (DateOnly?)null;
        var calendar = new CalendarDates(document, today);
        var relative = new RelativeDates(calendar, today);
        var dates = new List<DateReference>();
        for (var i = 0; i < document.Tokens.Length; i++)
        {
            if (!MayBegin(document, i) || (relative.Read(i) ?? calendar.Read(i)) is not { } match) continue;
            var span = document.Span(document.Tokens[i].Start, document.Tokens[match.End - 1].End);
            if (match.Period is { } period) dates.Add(new DateReference(span.Start, span.End, span.Text, period.ToString()));
            i = match.End - 1;
        }
        return dates;
    }

    static bool MayBegin(Document document, int i)
    {
        var token = document.Tokens[i];
        return token.IsWord && (document.Text[token.Start] is >= '0' and <= '9' or 'Q' or 'H' || DateWords.Of(token.Folded).Kind is not (DateWordKind.None or DateWordKind.Future or DateWordKind.Unit or DateWordKind.Of or DateWordKind.Ago));
    }
}
