using Monitoring.Contracts;

namespace Monitoring.QueryLanguage;

/// <summary>From what somebody wrote to what can be asked: names become ids, moments become instants.</summary>
public static class QueryNames
{
    /// <summary>All names that a query asks for, folded.</summary>
    public static IReadOnlyCollection<(NameField Field, string Folded)> Of(Query query) => [.. All(query).Distinct()];

    static IEnumerable<(NameField, string)> All(Query query) => query switch
    {
        Query.And and => and.Clauses.SelectMany(All),
        Query.Or or => or.Clauses.SelectMany(All),
        Query.Not not => All(not.Clause),
        Query.Named named => [(named.Field, Folding.Fold(named.Name))],
        _ => [],
    };

    /// <param name="query">As parsed.</param>
    /// <param name="ids">What goes by a folded name. An id stands for itself in any case.</param>
    /// <param name="now">What <c>now</c> means.</param>
    public static Query Bind(this Query query, Func<NameField, string, IEnumerable<string>> ids, DateTimeOffset now) => query switch
    {
        Query.And and => new Query.And([.. and.Clauses.Select(clause => clause.Bind(ids, now))]),
        Query.Or or => new Query.Or([.. or.Clauses.Select(clause => clause.Bind(ids, now))]),
        Query.Not not => new Query.Not(not.Clause.Bind(ids, now)),
        Query.Named named => Folding.Fold(named.Name) is var folded ? new Query.Labelled(named.Field, [.. ids(named.Field, folded), named.Name, folded]) : query,
        Query.Time time => new Query.Between(time.Field, From(time, now), To(time, now)),
        _ => query,
    };

    // A stretch such as 2025-04 is left out as a whole or taken in as a whole.
    static DateTimeOffset? From(Query.Time time, DateTimeOffset now)
    {
        if (time.From?.Bounds(now) is not { } bounds) return null;
        return Rounded(time.FromIncluded ? bounds.Start : bounds.Start == bounds.End ? After(bounds.End) : bounds.End);
    }

    static DateTimeOffset? To(Query.Time time, DateTimeOffset now)
    {
        if (time.To?.Bounds(now) is not { } bounds) return null;
        return Rounded(!time.ToIncluded ? bounds.Start : bounds.Start == bounds.End ? After(bounds.End) : bounds.End);
    }

    static DateTimeOffset After(DateTimeOffset instant) => instant < DateTimeOffset.MaxValue.AddTicks(-TimeSpan.TicksPerMicrosecond) ? instant.AddTicks(TimeSpan.TicksPerMicrosecond) : instant;

    static DateTimeOffset Rounded(DateTimeOffset instant) => IndexedArticle.Microseconds(instant);
}
