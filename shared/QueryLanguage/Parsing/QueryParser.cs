using Monitoring.QueryLanguage.Analysis;
using static Monitoring.QueryLanguage.Fields;

namespace Monitoring.QueryLanguage;

/// <summary>
/// Lucene's classic syntax as people know it from Elasticsearch and Kibana, by recursive descent. Words are all required; NEAR/n
/// binds before NOT, then AND, then OR. What is not supported is refused with a reason: nothing is silently ignored.
/// </summary>
public sealed partial class QueryParser
{
    public const int MaxLength = 4_000, MaxClauses = 64, MaxDepth = 20, MaxPrefixes = 8, MaxPhrase = 32, MaxNearWords = 8, MaxWithin = 20, LeastPrefix = 2;

    readonly string text;
    int at, clauses, prefixes, depth;

    QueryParser(string text) => this.text = text;

    /// <exception cref="QuerySyntaxException">It says where and what was expected.</exception>
    public static Query Parse(string text)
    {
        if (text.Length > MaxLength) throw new QuerySyntaxException(MaxLength + 1, $"a query has at most {MaxLength} characters.");
        for (var i = 0; i < text.Length; i++)
        {
            var pair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (text[i] == '\0' || char.IsSurrogate(text[i]) && !pair) throw new QuerySyntaxException(i + 1, "there is a character here that is none.");
            if (pair) i++;
        }
        var parser = new QueryParser(text);
        parser.SkipSpace();
        if (parser.IsAtEnd) return new Query.All();
        var query = parser.Or(Any);
        return parser.IsAtEnd ? query : throw Wrong(parser.at, $"'{parser.text[parser.at]}' closes nothing that was opened.");
    }

    bool IsAtEnd => at >= text.Length;
    char Current => at < text.Length ? text[at] : '\0';
    static QuerySyntaxException Wrong(int where, string problem) => new(where + 1, problem);

    void SkipSpace()
    {
        while (at < text.Length && (char.IsWhiteSpace(text[at]) || char.IsControl(text[at]))) at++;
    }

    Query Or(Field field)
    {
        if (++depth > MaxDepth) throw Wrong(at, $"parentheses are nested more than {MaxDepth} deep.");
        var alternatives = new List<Query> { And(field) };
        while (TryOperator("OR", "||")) alternatives.Add(And(field));
        depth--;
        return Either(alternatives);
    }

    Query And(Field field)
    {
        var all = new List<Query>();
        do all.Add(Unary(field));
        while (TryOperator("AND", "&&") || !EndsClauses());
        return All(all);
    }

    bool EndsClauses() => IsAtEnd || Current == ')' || IsOperator("OR", "||");

    Query Near(Field field)
    {
        var start = at;
        var first = Operand(field);
        if (!TryNear(out var within)) return first;
        var patterns = new List<Pattern>();
        TextField? of = null;
        Take(first, start);
        do
        {
            start = at;
            Take(Operand(field), start);
            start = at;
            if (!TryNear(out var next)) return patterns.Count <= MaxNearWords ? new Query.Text(of!.Value, [.. patterns], within)
                : throw Wrong(start, $"NEAR takes at most {MaxNearWords} words.");
            if (next != within) throw Wrong(start, $"words near each other take one distance; it began with NEAR/{within}.");
        }
        while (true);

        void Take(Query operand, int where)
        {
            if (operand is not Query.Text { Patterns: [var pattern] } word) throw Wrong(where, $"NEAR/{within} stands between single words; for a phrase, \"…\"~{within} takes all its words.");
            if (of is { } before && before != word.Field) throw Wrong(where, "words near each other are of one field.");
            of = word.Field;
            patterns.Add(pattern);
        }
    }

    bool TryNear(out int within)
    {
        within = 0;
        if (!IsWordHere("NEAR")) return false;
        var start = at;
        at += 4;
        var digits = at + 1;
        while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
        if (Current != '/' || !int.TryParse(text.AsSpan(at + 1, digits - at - 1), out within)) throw Wrong(start, "NEAR needs a distance, such as NEAR/5: at most so many other words between.");
        if (within > MaxWithin) throw Wrong(start, $"words can be at most {MaxWithin} others apart.");
        at = digits;
        SkipSpace();
        if (IsAtEnd) throw Wrong(start, "nothing follows the operator; a word was expected.");
        return true;
    }

    Query Unary(Field field)
    {
        SkipSpace();
        var start = at;
        if (IsOperator("AND", "&&") || IsOperator("OR", "||") || IsWordHere("NEAR") && text.AsSpan(at).StartsWith("NEAR/", StringComparison.Ordinal))
            throw Wrong(at, "an operator stands here without what it should join; a word or a field was expected.");
        var not = TryOperator("NOT", "!") || Current == '-' && Step();
        if (!not && Current == '+') Step();
        if (not || at > start)
        {
            SkipSpace();
            if (IsAtEnd) throw Wrong(start, "nothing follows the operator; a word or a field was expected.");
            if (++depth > MaxDepth) throw Wrong(at, $"operators are nested more than {MaxDepth} deep.");
            var clause = Unary(field);
            depth--;
            return not ? clause is Query.Not twice ? twice.Clause : new Query.Not(clause) : clause;
        }
        return Near(field);
    }

    Query Operand(Field field)
    {
        var primary = Primary(field);
        SkipSpace();
        return primary;
    }

    bool Step()
    {
        at++;
        return true;
    }

    Query Primary(Field field)
    {
        if (IsAtEnd) throw Wrong(at, "the query ends here; a word or a field was expected.");
        if (Current == '(') return Group(field);
        if (++clauses > MaxClauses) throw Wrong(at, $"a query has at most {MaxClauses} clauses.");
        if (Current == ')') throw Wrong(at, "')' stands here where a word was expected.");
        return field switch
        {
            Field.Text words => Words(words.In),
            Field.Name name => Name(name.Of),
            Field.Time time => Time(time.At),
            Field.Language => Language(),
            _ => Story(),
        };
    }

    Query Group(Field field)
    {
        var open = at++;
        SkipSpace();
        if (Current == ')') throw Wrong(open, "there is nothing between the parentheses.");
        var inner = Or(field);
        if (Current != ')') throw Wrong(at, $"')' is missing for the '(' at column {open + 1}.");
        at++;
        Refuse();
        return inner;
    }

    /// <summary>What Lucene knows behind a word or a group, and we do not.</summary>
    void Refuse()
    {
        if (Current == '^') throw Wrong(at, "weights (^) are not supported: all words count alike.");
        if (Current == '~') throw Wrong(at, "words are not matched by similarity (~): write word* for all that begin so, or \"two words\"~5 for words near each other.");
    }

    bool IsOperator(string word, string sign) => IsWordHere(word) || text.AsSpan(at).StartsWith(sign, StringComparison.Ordinal);

    bool IsWordHere(string word) => text.AsSpan(at).StartsWith(word, StringComparison.Ordinal)
        && (at + word.Length == text.Length || text[at + word.Length] is '(' or ')' or '"' or '/' || char.IsWhiteSpace(text[at + word.Length]));

    bool TryOperator(string word, string sign)
    {
        if (IsWordHere(word)) at += word.Length;
        else if (text.AsSpan(at).StartsWith(sign, StringComparison.Ordinal)) at += sign.Length;
        else return false;
        SkipSpace();
        return true;
    }

    static Query All(List<Query> clauses) => Flat(clauses.SelectMany(clause => clause is Query.And and ? and.Clauses.AsEnumerable() : [clause]), all => new Query.And(all));
    static Query Either(List<Query> clauses) => Flat(clauses.SelectMany(clause => clause is Query.Or or ? or.Clauses.AsEnumerable() : [clause]), all => new Query.Or(all));
    static Query Flat(IEnumerable<Query> clauses, Func<Clauses, Query> join) => clauses.ToArray() is var all && all.Length == 1 ? all[0] : join(new Clauses(all));
}
