using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Facts;

/// <summary>Reads dates that are told from the day of publication: on Thursday, yesterday, last month, two weeks ago, over the weekend, the past three days.</summary>
/// <param name="calendar">Reads the others, and the document.</param>
/// <param name="today">The day of publication; without it nothing of this has a value.</param>
public sealed class RelativeDates(CalendarDates calendar, DateOnly? today)
{
    /// <summary>Beyond that nobody means a date ("a million years ago").</summary>
    const int MaxCount = 300;

    public DateMatch? Read(int i)
    {
        var word = calendar.Word(i);
        var match = word.Kind switch
        {
            DateWordKind.Weekday => Weekday(i, i, forward: calendar.LooksAhead(i), inclusive: true),
            DateWordKind.Day => word.Value == 0 && (calendar.Token(i + 1) is { Kind: TokenKind.Genitive } || calendar.Is(i - 1, '"') && calendar.Is(i + 1, '"')) ? null : From(i + 1, now => Period.Day(now.AddDays(word.Value))),
            DateWordKind.Last => Deictic(i, -1) ?? Last(i, i + 1, -1),
            DateWordKind.This => Deictic(i, 0),
            DateWordKind.Next => Deictic(i, 1) ?? Last(i, i + 1, 1),
            DateWordKind.Past => Last(i, i + 1, -1),
            DateWordKind.Coming => Last(i, i + 1, 1),
            DateWordKind.Count => Ago(i, word.Value),
            DateWordKind.Before or DateWordKind.The or DateWordKind.Preposition => Weekend(i),
            _ => calendar.Number(i) is > 0 and var count ? Ago(i, count) : null,
        };
        return match is { } found ? Explained(found) : null;
    }

    DateMatch From(int end, Func<DateOnly, Period> resolve) => new(end, today is { } now ? resolve(now) : null);

    /// <summary>"Thursday, April 4", "over the weekend, March 30": the date itself decides.</summary>
    DateMatch Explained(DateMatch match)
    {
        var at = calendar.Is(match.End, ',') || calendar.Is(match.End, '(') ? match.End + 1 : match.End;
        return calendar.Word(at).Kind == DateWordKind.Month && calendar.Word(at + 1).Kind == DateWordKind.None || calendar.Word(at).Kind == DateWordKind.None && calendar.Word(at + 1).Kind is DateWordKind.Month
            ? calendar.Read(at) ?? match : match;
    }

    DateMatch? Weekday(int i, int at, bool forward, bool inclusive)
    {
        var weekday = calendar.Word(at);
        if (weekday.Kind != DateWordKind.Weekday || !calendar.IsCapital(at)) return null;
        if (calendar.Token(at - 1) is { } before && at == i && DateWords.IsNamed(before.Folded)) return null;
        if (calendar.Token(at + 1) is { } after && calendar.IsCapital(at + 1) && (DateWords.IsTitled(after.Folded) || DateWords.Of(after.Folded).Kind == DateWordKind.DayPart)) return null;
        var end = calendar.Word(at + 1).Kind == DateWordKind.DayPart ? at + 2 : at + 1;
        return From(end, now =>
        {
            var back = ((int)now.DayOfWeek - weekday.Value + 7) % 7;
            if (!forward) return Period.Day(now.AddDays(back == 0 && !inclusive ? -7 : -back));
            return Period.Day(now.AddDays(back == 0 && inclusive ? 0 : 7 - back));
        });
    }

    /// <summary>last, this or next week, month, year, quarter, weekend, Thursday, April; last night; this morning.</summary>
    DateMatch? Deictic(int i, int step)
    {
        var (kind, unit) = (calendar.Word(i + 1).Kind, calendar.Word(i + 1).Value);
        if (calendar.IsCapital(i) && calendar.IsCapital(i + 1) && kind == DateWordKind.Unit) return null; // This Week, a programme
        if (kind == DateWordKind.Weekday) return Weekday(i, i + 1, forward: step >= 0, inclusive: step == 0);
        if (kind == DateWordKind.Month && calendar.Read(i + 1) is { } month) return month;
        if (kind == DateWordKind.DayPart && step <= 0) return From(i + 2, now => Period.Day(now.AddDays(step)));
        if (kind == DateWordKind.Weekend) return From(i + 2, now => WeekendOf(step < 0 && now.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) ? now : now.AddDays(7 * step), step));
        // "the last week of March" is another one; "the last year" is the twelve months before.
        if (calendar.Word(i - 1).Kind == DateWordKind.The || calendar.Word(i + 2).Kind == DateWordKind.Of) return null;
        return (kind, unit) switch
        {
            (DateWordKind.Quarter, _) => From(i + 2, now => Quarter(now.AddMonths(3 * step))),
            (DateWordKind.Unit, DateWords.Weeks) => From(i + 2, now => Week(now.AddDays(7 * step))),
            (DateWordKind.Unit, DateWords.Months) => From(i + 2, now => Month(now.AddMonths(step))),
            (DateWordKind.Unit, DateWords.Years) => From(i + 2, now => Period.Year(now.Year + step)),
            _ => null,
        };
    }

    static Period Month(DateOnly day) => Period.Month(day.Year, day.Month);

    static Period Quarter(DateOnly day) => Period.PartOfYear(day.Year, (day.Month + 2) / 3, 4);

    static Period Week(DateOnly day)
    {
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        return Period.Days(monday, monday.AddDays(6));
    }

    /// <summary>"over the weekend", "for the weekend".</summary>
    DateMatch? Weekend(int i)
    {
        var at = calendar.Word(i).Kind == DateWordKind.The ? i + 1 : calendar.Word(i + 1).Kind == DateWordKind.The ? i + 2 : -1;
        if (at < 0 || calendar.Word(at).Kind != DateWordKind.Weekend) return null;
        var ahead = calendar.LooksAhead(i) || calendar.IsFor(i - 1);
        return From(at + 1, now => WeekendOf(now, ahead ? 0 : -1));
    }

    /// <summary>That of the week of a day: on the days before it the last one, or the coming.</summary>
    static Period WeekendOf(DateOnly day, int step)
    {
        var saturday = day.AddDays(6 - (((int)day.DayOfWeek + 6) % 7) - 1);
        if (step < 0 && saturday > day) saturday = saturday.AddDays(-7);
        return Period.Days(saturday, saturday.AddDays(1));
    }

    /// <summary>"the last three days", "past 24 hours", "next two weeks": from or until today.</summary>
    DateMatch? Last(int i, int at, int direction)
    {
        var count = calendar.Word(at) is { Kind: DateWordKind.Count } named ? named.Value : calendar.Number(at) is > 0 and <= MaxCount and var number ? number : 0;
        if (count > 0) at++;
        else if (calendar.Word(i - 1).Kind != DateWordKind.The) return null;
        var unit = calendar.Word(at);
        if (unit.Kind != DateWordKind.Unit || calendar.Word(at + 1).Kind == DateWordKind.Of) return null;
        // "the coming months" says not how many, and "the next day" is the one after what was told before.
        if (count == 0 && (unit.Value == DateWords.Days || calendar.IsPlural(at))) return null;
        return From(at + 1, now =>
        {
            var other = Add(now, direction * Math.Max(1, count), unit.Value);
            return direction < 0 ? Period.Days(other, now) : Period.Days(now, other);
        });
    }

    static DateOnly Add(DateOnly day, int count, int unit) => unit switch
    {
        DateWords.Hours => day.AddDays(Math.Sign(count) * ((Math.Abs(count) + 23) / 24)),
        DateWords.Days => day.AddDays(count),
        DateWords.Weeks => day.AddDays(7 * count),
        DateWords.Months => day.AddMonths(count),
        DateWords.Decades => day.AddYears(10 * Math.Clamp(count, -MaxCount / 10, MaxCount / 10)),
        _ => day.AddYears(count),
    };

    /// <summary>"two weeks ago": as exact as its unit.</summary>
    DateMatch? Ago(int i, int count)
    {
        var unit = calendar.Word(i + 1);
        if (count > MaxCount || unit.Kind != DateWordKind.Unit || calendar.Word(i + 2).Kind != DateWordKind.Ago || unit.Value == DateWords.Decades) return null;
        return From(i + 3, now =>
        {
            var then = Add(now, -count, unit.Value);
            return unit.Value switch
            {
                DateWords.Weeks => Week(then),
                DateWords.Months => Month(then),
                DateWords.Years => Period.Year(then.Year),
                _ => Period.Day(then),
            };
        });
    }
}
