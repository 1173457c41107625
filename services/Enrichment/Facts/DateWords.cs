using System.Collections.Frozen;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Facts;

public enum DateWordKind : byte
{
    None, Month, Weekday, Day, DayPart, Last, This, Next, Past, Coming, Unit, Weekend, Quarter, Half, Ordinal, Count, Before, Preposition, Of, The, Ago, Future,
}

/// <param name="Kind">What the word does in a date.</param>
/// <param name="Value">A month 1–12, weekday 0–6 from Sunday, day from today, count, or unit.</param>
public readonly record struct DateWord(DateWordKind Kind, int Value);

/// <summary>English words that dates are made of.</summary>
public static class DateWords
{
    public const int Hours = 0, Days = 1, Weeks = 2, Months = 3, Years = 4, Decades = 5;

    static readonly FrozenDictionary<ulong, DateWord> Words = Rows().ToFrozenDictionary(row => WordHash.Of(row.Word), row => new DateWord(row.Kind, row.Value));

    /// <summary>After these a weekday is none, or no single one: Black Friday, Sheffield Wednesday, every Sunday.</summary>
    static readonly FrozenSet<ulong> Named = Hashes("every each another black good super bloody ash sheffield fat cyber giving palm easter holy maundy shrove ruby freaky");

    /// <summary>The Sunday Times, Monday Night Football.</summary>
    static readonly FrozenSet<ulong> Titled = Hashes("times telegraph mirror express post mail world herald school football live people business independent tribune age");

    /// <summary>September 11 attacks, January 6 committee: a day of another year.</summary>
    static readonly FrozenSet<ulong> Remembered = Hashes("attack attacks attackers terror terrorist terrorists hijackers commission committee insurrection riot riots rioters museum memorial movement massacre");

    static readonly FrozenSet<ulong> Past = Hashes("said told was were had has have met came went took made left held won lost began saw gave found got became did says");

    public static DateWord Of(ulong word) => Words.GetValueOrDefault(word);
    public static bool IsNamed(ulong word) => Named.Contains(word);
    public static bool IsTitled(ulong word) => Titled.Contains(word);
    public static bool IsRemembered(ulong word) => Remembered.Contains(word);
    public static bool IsPast(ulong word) => Past.Contains(word);

    static FrozenSet<ulong> Hashes(string words) => words.Split(' ').Select(word => WordHash.Of(word)).ToFrozenSet();

    static IEnumerable<(string Word, DateWordKind Kind, int Value)> Rows()
    {
        static IEnumerable<(string, DateWordKind, int)> Numbered(DateWordKind kind, int first, string words) => words.Split(' ').SelectMany((word, i) => word.Split('|').Select(form => (form, kind, first + i)));
        return Numbered(DateWordKind.Month, 1, "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep october|oct november|nov december|dec")
            .Concat(Numbered(DateWordKind.Weekday, 0, "sunday monday tuesday wednesday thursday friday saturday"))
            .Concat(Numbered(DateWordKind.Day, -1, "yesterday today|tonight tomorrow"))
            .Concat(Numbered(DateWordKind.DayPart, 0, "morning|afternoon|evening|night|lunchtime|midday|noon|midnight"))
            .Concat([("last", DateWordKind.Last, 0), ("this", DateWordKind.This, 0), ("next", DateWordKind.Next, 0), ("past", DateWordKind.Past, 0), ("coming", DateWordKind.Coming, 0)])
            .Concat(Numbered(DateWordKind.Unit, Hours, "hour|hours day|days week|weeks month|months year|years"))
            .Concat([("quarter", DateWordKind.Quarter, 4), ("half", DateWordKind.Half, 2), ("weekend", DateWordKind.Weekend, 0), ("decade", DateWordKind.Unit, Decades), ("decades", DateWordKind.Unit, Decades)])
            .Concat(Numbered(DateWordKind.Ordinal, 1, "first second third fourth"))
            .Concat(Numbered(DateWordKind.Count, 1, "one|a|an two three four five six seven eight nine ten eleven twelve"))
            .Concat([("fifteen", DateWordKind.Count, 15), ("twenty", DateWordKind.Count, 20), ("thirty", DateWordKind.Count, 30), ("forty", DateWordKind.Count, 40), ("fifty", DateWordKind.Count, 50)])
            .Concat("in since by until till from during before after around early late mid through between throughout".Split(' ').Select(word => (word, DateWordKind.Preposition, 0)))
            .Concat([("over", DateWordKind.Before, 0), ("at", DateWordKind.Before, 0), ("of", DateWordKind.Of, 0), ("the", DateWordKind.The, 0), ("ago", DateWordKind.Ago, 0)])
            .Concat("will would 'll won't shall scheduled due expected plans planning planned plan slated set upcoming ahead soon must intends hopes aims".Split(' ').Select(word => (word, DateWordKind.Future, 0)));
    }
}
