using System.Globalization;
using Monitoring.Hosting;

namespace Monitoring.Query;

/// <summary>Instants as parameters give them.</summary>
public static class Instants
{
    /// <param name="text">A date (2025-04-04) or an instant (2025-04-04T09:30:00Z); nothing where it is absent.</param>
    /// <param name="field">The parameter.</param>
    /// <param name="endOfDay">What a date means: its end, else its beginning, in UTC.</param>
    /// <exception cref="ProblemException">400: it is neither.</exception>
    public static DateTimeOffset? Read(string? text, string field, bool endOfDay)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date < DateOnly.MaxValue)
            return new DateTimeOffset((endOfDay ? date.AddDays(1) : date).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            && text.Contains('T', StringComparison.Ordinal) ? instant
            : throw new ProblemException(400, $"{field} must be ISO 8601, such as 2025-04-04 or 2025-04-04T09:30:00Z.", field);
    }
}
