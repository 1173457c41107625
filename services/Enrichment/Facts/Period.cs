using System.Globalization;

namespace Monitoring.Enrichment.Facts;

/// <summary>A day, month, year, or the days from one to another.</summary>
public readonly record struct Period
{
    enum Unit : byte { Day, Month, Year, Days }

    readonly DateOnly from, to;
    readonly Unit unit;

    Period(DateOnly from, DateOnly to, Unit unit) => (this.from, this.to, this.unit) = (from, to, unit);

    public static Period Day(DateOnly day) => new(day, day, Unit.Day);
    public static Period Month(int year, int month) => new(new(year, month, 1), new(year, month, 1), Unit.Month);
    public static Period Year(int year) => new(new(year, 1, 1), new(year, 1, 1), Unit.Year);
    public static Period Days(DateOnly from, DateOnly to) => new(from, to, Unit.Days);

    /// <summary>Null where the month has no such day.</summary>
    public static Period? Day(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? Day(new DateOnly(year, month, day)) : null;

    /// <param name="year">A year.</param>
    /// <param name="part">1 for the first.</param>
    /// <param name="parts">Two halves, or four quarters.</param>
    public static Period PartOfYear(int year, int part, int parts)
    {
        var first = new DateOnly(year, (part - 1) * 12 / parts + 1, 1);
        return Days(first, first.AddMonths(12 / parts).AddDays(-1));
    }

    /// <summary>The last day of the one, where both are days.</summary>
    public Period? Until(Period end) => unit == Unit.Day && end.unit == Unit.Day && from <= end.from ? Days(from, end.from) : null;

    /// <summary>ISO 8601.</summary>
    public override string ToString() => unit switch
    {
        Unit.Day => from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Unit.Month => from.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        Unit.Year => from.ToString("yyyy", CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{from:yyyy-MM-dd}/{to:yyyy-MM-dd}"),
    };
}
