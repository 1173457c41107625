using System.Globalization;
using Monitoring.Hosting;

namespace Monitoring.Query.Search;

/// <summary>Where the next page of a search begins, and what holds for all its pages.</summary>
/// <param name="Search">Which search it belongs to: a hash of what was asked.</param>
/// <param name="Total">How many hits the first page counted.</param>
/// <param name="At">Time of the last hit; by relevance the time up to which hits are ranked.</param>
/// <param name="Score">Of the last hit, by relevance.</param>
/// <param name="Now">What <c>now</c> meant on the first page.</param>
/// <param name="Id">The last hit.</param>
public sealed record SearchCursor(string Search, int Total, DateTimeOffset At, double Score, DateTimeOffset Now, Guid Id)
{
    public string Write() => Cursor.Write(string.Create(CultureInfo.InvariantCulture, $"{Search}|{Total}|{At.UtcTicks}|{Score:R}|{Now.UtcTicks}"), Id.ToString());

    /// <exception cref="ProblemException">400: it is no cursor, or one of another search.</exception>
    public static SearchCursor? Read(string? cursor, string search)
    {
        if (Cursor.Read(cursor) is not { } last) return null;
        if (last.Key.Split('|') is not [var of, var total, var at, var score, var now]
            || !int.TryParse(total, NumberStyles.None, CultureInfo.InvariantCulture, out var counted) || Instant(at) is not { } instant || Instant(now) is not { } began
            || !double.TryParse(score, NumberStyles.Float, CultureInfo.InvariantCulture, out var scored) || !Guid.TryParse(last.Id, out var id)) throw Cursor.Invalid();
        return of == search ? new SearchCursor(of, counted, instant, scored, began, id)
            : throw new ProblemException(400, "The cursor belongs to another search: q, filters, sort and asOf must stay as they were on the first page.", "cursor");
    }

    static DateTimeOffset? Instant(string ticks) =>
        long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset(value, TimeSpan.Zero) : null;
}
