using System.Globalization;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Facts;

/// <param name="End">Index after its last token.</param>
/// <param name="Period">What it says; null where that rests on a day of publication nobody knows.</param>
public readonly record struct DateMatch(int End, Period? Period);

/// <summary>Reads dates that name a day, month or year: April 4, 2025; 4 April; 2025-04-04; March 2024; in 2019; Q1 2025; the 1990s.</summary>
/// <param name="document">An English text.</param>
/// <param name="today">The day of publication; without it a day or month without a year has no value.</param>
public sealed class CalendarDates(Document document, DateOnly? today)
{
    const int FirstYear = 1500, LastYear = 2100;

    public Token? Token(int i) => i >= 0 && i < document.Tokens.Length ? document.Tokens[i] : null;

    public DateWord Word(int i) => Token(i) is { } token ? DateWords.Of(token.Folded) : default;

    public bool Is(int i, char mark) => Token(i) is { Length: 1 } token && document.Text[token.Start] == mark;

    public bool IsFor(int i) => Token(i) is { } token && document[token] is "for";

    public bool IsPlural(int i) => Token(i) is { } token && document.Text[token.End - 1] == 's';

    public bool IsCapital(int i) => Token(i) is { } token && char.IsUpper(document.Text[token.Start]);

    /// <summary>A name of a month is one only with a capital letter.</summary>
    int Month(int i) => Word(i) is { Kind: DateWordKind.Month } month && IsCapital(i) ? month.Value : 0;

    bool Touches(int i) => document.Tokens[i - 1].End == document.Tokens[i].Start;

    public int Number(int i, int digits = 4) =>
        Token(i) is { Kind: TokenKind.Number } token && token.Length <= digits && int.TryParse(document[token], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    /// <summary>4 or 4th.</summary>
    int DayNumber(int i)
    {
        if (Token(i) is not { Length: <= 4, IsWord: true } token || !char.IsAsciiDigit(document.Text[token.Start])) return 0;
        var text = document[token];
        if (text.Length > 2 && text[^2..] is "st" or "nd" or "rd" or "th") text = text[..^2];
        return text.Length <= 2 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day <= 31 ? day : 0;
    }

    int Year(int i) => Token(i) is { Length: 4 } && Number(i) is >= FirstYear and <= LastYear and var year ? year : 0;

    public DateMatch? Read(int i) => Word(i).Kind == DateWordKind.Month ? MonthFirst(i)
        : Word(i).Kind == DateWordKind.Ordinal ? Part(i, Word(i).Value, Word(i + 1).Kind is DateWordKind.Quarter ? 4 : Word(i + 1).Kind is DateWordKind.Half ? 2 : 0, i + 2)
        : Token(i) is not { } token ? null
        : char.IsAsciiDigit(document.Text[token.Start]) ? Iso(i) ?? Separated(i) ?? DayFirst(i) ?? YearAlone(i) ?? Decade(i)
        : token.Length == 2 && document.Text[token.Start] is 'Q' or 'H' && document.Text[token.Start + 1] is >= '1' and <= '4' and var part ? Part(i, part - '0', document.Text[token.Start] == 'Q' ? 4 : 2, i + 1)
        : null;

    DateMatch? MonthFirst(int i)
    {
        var month = Month(i);
        if (month == 0) return null;
        if (DayNumber(i + 1) is > 0 and var day)
        {
            // April 4-6, April 4 to 6
            var until = (Is(i + 2, '-') || Token(i + 2) is { } to && document[to] is "to" or "and") && Month(i + 4) == 0 && DayNumber(i + 3) is > 0 and var last && last > day ? last : 0;
            return Day(month, day, until, i + (until > 0 ? 4 : 2));
        }
        var year = Is(i + 1, ',') || Word(i + 1).Kind == DateWordKind.Of ? i + 2 : i + 1;
        if (Year(year) is > 0 and var named) return new DateMatch(year + 1, Period.Month(named, month));
        if (Relative(i + 1, out var end) is { } years) return new DateMatch(end, today is { } now ? Period.Month(now.Year + years, month) : null);
        // Alone: March may march, and May may.
        if (Word(i - 1).Kind is not (DateWordKind.Preposition or DateWordKind.Last or DateWordKind.Next or DateWordKind.This) && !Is(i - 1, '-')) return null;
        return new DateMatch(i + 1, today is { } day0 ? Period.Month(YearOf(day0, month, i), month) : null);
    }

    DateMatch? DayFirst(int i)
    {
        var day = DayNumber(i);
        if (day == 0) return null;
        var month = Word(i + 1).Kind == DateWordKind.Of ? i + 2 : i + 1;
        if (Month(month) > 0) return Day(Month(month), day, 0, month + 1);
        // 4-6 April
        var dash = Is(i + 1, '-') || Token(i + 1) is { } to && document[to] is "to" or "and";
        return dash && DayNumber(i + 2) is > 0 and var last && last > day && Month(i + 3) is > 0 and var named ? Day(named, day, last, i + 4) : null;
    }

    /// <summary>With the year behind it, or this one's, or the one nearest to the day of publication.</summary>
    DateMatch? Day(int month, int day, int until, int end)
    {
        int? year = null;
        var at = Is(end, ',') ? end + 1 : Word(end).Kind == DateWordKind.Of ? end + 1 : end;
        if (Year(at) is > 0 and var named) (year, end) = (named, at + 1);
        else if (DateWords.IsRemembered(Token(end)?.Folded ?? 0)) return null;
        else if (Relative(end, out var after) is { } years) (year, end) = (today?.Year + years, after);
        else if (today is { } now) year = Nearest(now, month, day);
        if (year is null) return new DateMatch(end, null);
        if (Period.Day(year.Value, month, day) is not { } from) return null;
        return new DateMatch(end, until == 0 ? from : Period.Day(year.Value, month, until) is { } to ? from.Until(to) : from);
    }

    /// <summary>"of last year", "this year": years from now.</summary>
    int? Relative(int i, out int end)
    {
        if (Word(i).Kind == DateWordKind.Of || Is(i, ',')) i++;
        end = i + 2;
        return Word(i + 1) is not { Kind: DateWordKind.Unit, Value: DateWords.Years } ? null
            : Word(i).Kind switch { DateWordKind.Last => -1, DateWordKind.This => 0, DateWordKind.Next => 1, _ => null };
    }

    static int Nearest(DateOnly now, int month, int day)
    {
        var (best, least) = (now.Year, int.MaxValue);
        for (var year = now.Year - 1; year <= now.Year + 1; year++)
        {
            var distance = Math.Abs(new DateOnly(year, month, Math.Min(day, DateTime.DaysInMonth(year, month))).DayNumber - now.DayNumber);
            if (distance < least) (best, least) = (year, distance);
        }
        return best;
    }

    /// <summary>Of a month alone: the last that was, or the next where the words before it look ahead.</summary>
    int YearOf(DateOnly now, int month, int i) => Word(i - 1).Kind switch
    {
        DateWordKind.Last => month < now.Month ? now.Year : now.Year - 1,
        DateWordKind.Next => month > now.Month ? now.Year : now.Year + 1,
        DateWordKind.This => now.Year,
        _ when LooksAhead(i) => month >= now.Month ? now.Year : now.Year + 1,
        _ => month <= now.Month ? now.Year : now.Year - 1,
    };

    /// <summary>Whether the nearest verb before it tells what is to come: "will meet on Thursday", "said on Thursday".</summary>
    public bool LooksAhead(int i)
    {
        for (var at = i - 1; at >= 0 && at > i - 16; at--)
        {
            var token = document.Tokens[at];
            if (token.Kind == TokenKind.Punctuation && document.Text[token.Start] is '.' or '!' or '?' or ';') return false;
            if (DateWords.Of(token.Folded).Kind == DateWordKind.Future) return true;
            if (DateWords.IsPast(token.Folded) || token.Length > 4 && document[token].EndsWith("ed", StringComparison.Ordinal)) return false;
        }
        return false;
    }

    DateMatch? Iso(int i) =>
        Token(i) is { Length: 4 } && Is(i + 1, '-') && Is(i + 3, '-') && Token(i + 2) is { Length: 2 } && Token(i + 4) is { Length: 2 } && Touches(i + 1) && Touches(i + 2) && Touches(i + 3) && Touches(i + 4)
        && Period.Day(Number(i), Number(i + 2), Number(i + 4)) is { } day ? new DateMatch(i + 5, day) : null;

    // 04/04/2025 and 13/04/2025 can be read in one way only; 04.05.2025 is written where the day comes first.
    DateMatch? Separated(int i)
    {
        int first, second, year, end;
        if (Is(i + 1, '/') && Is(i + 3, '/') && Touches(i + 1) && Touches(i + 2) && Touches(i + 3) && Touches(i + 4)) (first, second, year, end) = (Number(i, 2), Number(i + 2, 2), Year(i + 4), i + 5);
        else if (Token(i) is { Length: >= 8 and <= 10 } token && document[token] is var text && text.Count('.') == 2 && DateOnly.TryParseExact(text, "d.M.yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var dotted)) return new DateMatch(i + 1, Period.Day(dotted));
        else return null;
        var period = year == 0 || first < 1 || second < 1 ? null : first == second || first > 12 ? Period.Day(year, second, first) : second > 12 ? Period.Day(year, first, second) : null;
        return period is { } day ? new DateMatch(end, day) : null;
    }

    DateMatch? YearAlone(int i)
    {
        if (Year(i) is not (> 0 and var year) || Is(i - 1, '$') || Is(i - 1, '\u00A3') || Is(i - 1, '\u20AC') || Is(i + 1, '%')) return null;
        var before = Word(i - 1).Kind is DateWordKind.Preposition || (Word(i - 1).Kind == DateWordKind.Of || Token(i - 1) is { } word && document[word] is "to" or "and") && Word(i - 2).Kind != DateWordKind.Count;
        var bracketed = Is(i - 1, '(') && Is(i + 1, ')');
        var counts = Token(i + 1) is { Kind: TokenKind.Word } next && char.IsLower(document.Text[next.Start]) && document[next].EndsWith('s') && document[next] is not ("was" or "as" or "is" or "has");
        return before && !counts || bracketed ? new DateMatch(i + 1, Period.Year(year)) : null;
    }

    DateMatch? Decade(int i)
    {
        if (Token(i) is not { } token || document[token] is not [.. { Length: 4 } digits, 's'] && !(token.Length == 4 && Token(i + 1) is { Kind: TokenKind.Genitive } && Word(i - 1).Kind == DateWordKind.The)) return null;
        var year = int.TryParse(document[token][..4], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return year is >= FirstYear and <= LastYear && year % 10 == 0 ? new DateMatch(token.Length == 4 ? i + 2 : i + 1, Period.Days(new(year, 1, 1), new(year + 9, 12, 31))) : null;
    }

    /// <summary>"first quarter of 2025", "Q1 2025", "second half of last year".</summary>
    DateMatch? Part(int i, int part, int parts, int end)
    {
        if (parts == 0 || part > parts) return null;
        if (Relative(end, out var after) is { } years) return new DateMatch(after, today is { } now ? Period.PartOfYear(now.Year + years, part, parts) : null);
        var at = Word(end).Kind == DateWordKind.Of || Is(end, ',') ? end + 1 : end;
        return Year(at) is > 0 and var year ? new DateMatch(at + 1, Period.PartOfYear(year, part, parts)) : null;
    }
}
