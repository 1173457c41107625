using Marten;
using Weasel.Postgresql.Functions;

namespace Monitoring.ReadModels.Search;

/// <summary>
/// Words near each other in any order, by the positions that the tsvector keeps: is there a window of so many positions that holds
/// each of them? tsquery's own &lt;N&gt; is exact and ordered, which is not what people mean by "near".
/// </summary>
static class WordsWithin
{
    public const string FunctionName = $"{ReadModelStore.Schema}.words_within";

    /// <summary>A pattern's lexemes stand one to a row with the pattern's number; one that ends in * stands for all that begin so.</summary>
    public static void AddFunction(StoreOptions options) => options.Storage.ExtendedSchemaObjects.Add(Function.ForSql($"""
        create or replace function {FunctionName}(vector tsvector, lexemes text[], words int[], weight text, span int) returns boolean
        language sql immutable parallel safe as $function$
            with occurrence as (
                select distinct p.position, w.word
                from unnest(vector) v
                join unnest(lexemes, words) as w (lexeme, word) on v.lexeme = w.lexeme or right(w.lexeme, 1) = '*' and starts_with(v.lexeme, rtrim(w.lexeme, '*'))
                cross join unnest(v.positions, v.weights) as p (position, weight)
                where words_within.weight = '' or p.weight = words_within.weight)
            select coalesce(bool_or(seen = (1 << (select max(w) from unnest(words) w) + 1) - 1), false)
            from (select bit_or(1 << word) over (order by position range between current row and (span - 1) following) as seen from occurrence) windows
        $function$;
        """));
}
