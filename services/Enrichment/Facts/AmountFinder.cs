using System.Collections.Frozen;
using System.Globalization;
using Monitoring.Contracts;
using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Facts;

/// <summary>
/// Amounts of money: a number, what multiplies it and a currency before or behind it, or a range of two. A plain $ is the United
/// States dollar; a name that several currencies share (kroner, pesos) is the one the article named in full, else no amount.
/// </summary>
/// <param name="knowledge">Names of currencies.</param>
public sealed class AmountFinder(Knowledge knowledge)
{
    /// <summary>Larger ones are no amounts of money; and nothing overflows.</summary>
    const decimal Largest = 1e18m;

    const int MaxDigits = 20, MaxGroups = 4;

    static readonly FrozenDictionary<ulong, decimal> Numbers = new (string Word, decimal Value)[]
    {
        ("a", 1), ("an", 1), ("half", 0.5m), ("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8), ("nine", 9), ("ten", 10), ("eleven", 11), ("twelve", 12),
        ("fifteen", 15), ("twenty", 20), ("thirty", 30), ("forty", 40), ("fifty", 50), ("sixty", 60),
    }.ToFrozenDictionary(number => WordHash.Of(number.Word), number => number.Value);

    readonly Currencies currencies = new(knowledge);

    /// <param name="First">Index of its first token.</param>
    /// <param name="End">Index after its last.</param>
    /// <param name="Number">As written.</param>
    /// <param name="Scale">1 where there is none.</param>
    /// <param name="Currency">Null where none is written.</param>
    readonly record struct Part(int First, int End, decimal Number, decimal Scale, string? Currency)
    {
        public decimal Value => Number * Scale;
    }

    public IReadOnlyList<Amount> Find(Document document) => new Reader(currencies, document).Read();

    sealed class Reader(Currencies currencies, Document document)
    {
        readonly List<Lexicon<CurrencyName>.Match> found = [];
        readonly Dictionary<string, int> named = [];
        readonly List<Amount> amounts = [];

        public List<Amount> Read()
        {
            for (var i = 0; i < document.Tokens.Length;)
            {
                if (!MayBegin(document.Tokens[i]) || ReadPart(i) is not { } part) { i++; continue; }
                var (lower, upper) = Range(part);
                if (lower.Currency is { } currency) Add(lower, upper, currency);
                i = Math.Max(i + 1, upper?.End ?? lower.End);
            }
            return amounts;
        }

        bool MayBegin(Token token) => document.Text[token.Start] switch
        {
            >= 'a' and <= 'z' => Numbers.ContainsKey(token.Folded),
            >= 'A' and <= 'Z' => token.Length <= 12,
            >= '0' and <= '9' or '$' or >= '\u0080' => true,
            _ => false,
        };

        void Add(Part lower, Part? upper, string currency)
        {
            named[currency] = amounts.Count;
            var span = document.Span(document.Tokens[lower.First].Start, document.Tokens[(upper?.End ?? lower.End) - 1].End);
            amounts.Add(new Amount(span.Start, span.End, span.Text, Plain(lower.Value), currency, upper is { } end ? Plain(end.Value) : null));
        }

        /// <summary>Without zeros at its end: 1.5, not 1.50.</summary>
        static decimal Plain(decimal value) => value / 1.0000000000000000000000000000m;

        /// <summary>"$5-10 million", "5 to 10 million dollars", "between $5 million and $10 million".</summary>
        (Part Lower, Part? Upper) Range(Part lower)
        {
            var between = lower.First > 0 && Is(lower.First - 1, "between");
            var joined = Is(lower.End, "-") || Is(lower.End, between ? "and" : "to") && !(lower.First > 0 && Is(lower.First - 1, "from"));
            if (!joined || ReadPart(lower.End + 1) is not { } upper || lower.Currency is not null && upper.Currency is not null && lower.Currency != upper.Currency) return (lower, null);
            if (lower.Scale == 1 && upper.Scale > 1 && lower.Number < 1000) lower = lower with { Scale = upper.Scale };
            return (lower.Currency ?? upper.Currency) is { } currency && upper.Value > lower.Value ? (lower with { Currency = currency }, upper) : (lower, null);
        }

        Part? ReadPart(int i)
        {
            if (i >= document.Tokens.Length) return null;
            var number = i;
            var before = Before(ref number);
            return (before is not null && number < document.Tokens.Length ? Number(i, number, before, 0) : null) ?? Number(i, i, null, 0) ?? Letters(i) ?? Word(i);
        }

        /// <summary>$, US $, US$, Rs. and the like; the index moves behind it.</summary>
        string? Before(ref int i)
        {
            var token = document.Tokens[i];
            var text = document[token];
            if (char.IsAsciiDigit(text[0])) return null;
            if (token.IsWord && i + 1 < document.Tokens.Length && document.Tokens[i + 1] is { Kind: TokenKind.Punctuation } sign && sign.Start == token.End
                && currencies.Before(document.Text.AsSpan(token.Start, sign.End - token.Start)) is { } joined)
            {
                i += 2;
                return joined;
            }
            if (text.Length > 4 || token.IsWord && !char.IsUpper(text[0]) || currencies.Before(text) is not { } code) return null;
            // "R 5" is no money, "R5 million" is.
            if (token.IsWord && text.Length == 1) return null;
            i++;
            return code;
        }

        /// <summary>R500m, Rs500, USD5: letters and a number in one token.</summary>
        Part? Letters(int i)
        {
            var token = document.Tokens[i];
            var text = document[token];
            if (!char.IsAsciiLetterUpper(text[0]) || text.IndexOfAnyInRange('0', '9') is not (> 0 and <= 4 and var digits) || currencies.Before(text[..digits]) is not { } code) return null;
            return Number(i, i, code, digits) is { } part && (digits > 1 || part.Scale > 1 || part.Number >= 100 && text.Contains(',')) ? part : null;
        }

        /// <summary>"five million dollars", "half a billion euros", "ten dollars".</summary>
        Part? Word(int i)
        {
            if (!Numbers.TryGetValue(document.Tokens[i].Folded, out var number)) return null;
            var at = i + 1;
            if (number == 0.5m && (Is(at, "a") || Is(at, "an"))) at++;
            var scale = Scale(ref at);
            return scale > 1 || number > 1 ? Behind(i, at, number, scale, null) is { Currency: not null } part ? part : null : null;
        }

        Part? Number(int first, int i, string? currency, int letters)
        {
            var token = document.Tokens[i];
            var text = document[token][letters..];
            var digits = 0;
            while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] is '.' or ',' && digits + 1 < text.Length && char.IsAsciiDigit(text[digits + 1]))) digits++;
            if (digits is 0 or > MaxDigits || Parse(text[..digits], currency is not null) is not { } number) return null;
            var at = i + 1;
            if (digits < text.Length) return Suffixed(first, at, number, text[digits..], currency);
            // 1 234 567
            for (var groups = 0; groups < MaxGroups && number is >= 1 and < Largest / 1000 && digits <= 3 && at < document.Tokens.Length && document.Tokens[at] is { Kind: TokenKind.Number, Length: 3 } group && group.Start == document.Tokens[at - 1].End + 1
                && document[group].IndexOfAnyExceptInRange('0', '9') < 0; groups++, at++) number = number * 1000 + int.Parse(document[group], NumberStyles.None, CultureInfo.InvariantCulture);
            var scale = Scale(ref at);
            return Behind(first, at, number, scale, currency);
        }

        /// <summary>6.7bn, 50p, 300万元.</summary>
        Part? Suffixed(int first, int at, decimal number, ReadOnlySpan<char> suffix, string? currency)
        {
            if (currencies.Scale(suffix) is { } scale)
            {
                scale *= Scale(ref at);
                return Behind(first, at, number, scale, currency);
            }
            if (currencies.Attached(suffix) is { } name) return Named(first, at, number, 1, name);
            for (var length = 1; length < suffix.Length && length <= 3; length++)
                if (currencies.Scale(suffix[..length]) is { } part && currencies.Attached(suffix[length..]) is { } unit) return Named(first, at, number, part, unit);
            return null;
        }

        /// <summary>"million", "lakh crore"; hyphens between.</summary>
        decimal Scale(ref int at)
        {
            var scale = 1m;
            while (true)
            {
                var next = Is(at, "-") ? at + 1 : at;
                if (next >= document.Tokens.Length || document.Tokens[next] is not { Kind: TokenKind.Word, Length: > 1 } token || currencies.Scale(document[token].TrimEnd('.')) is not { } factor || scale * factor > 1e15m) return scale;
                scale *= factor;
                at = next + 1;
            }
        }

        /// <summary>The currency behind the number, where none is before it; after a plain $ a code may say which dollar.</summary>
        Part? Behind(int first, int at, decimal number, decimal scale, string? currency)
        {
            if (number * Math.Min(scale, 1e15m) > Largest) return null;
            var next = Is(at, "-") || currency is null && scale > 1 && (Is(at, "of") || Is(at, "de") || Is(at, "d'")) ? at + 1 : at;
            if (next < document.Tokens.Length)
            {
                var token = document.Tokens[next];
                if (token.Kind == TokenKind.Punctuation && currency is null && !IsSignOf(next + 1) && currencies.Attached(document[token]) is { } sign) return Named(first, next + 1, number, scale, sign);
                if (token.IsWord && currencies.Named(document, Array.BinarySearch(document.Words, next), found) is { } match && (currency is null || currency == "USD" && document[token] is [>= 'A' and <= 'Z', >= 'A' and <= 'Z', >= 'A' and <= 'Z']))
                {
                    if (!match.Value.NeedsScale || scale > 1 || Is(match.End, "(")) return Named(first, match.End, number, scale, match.Value);
                }
            }
            return new Part(first, at, number, scale, currency);
        }

        Part Named(int first, int end, decimal number, decimal scale, CurrencyName name) =>
            new(first, end, number, scale * name.Unit, name.Code ?? name.Family.Where(named.ContainsKey).MaxBy(code => named[code]));

        /// <summary>"in 2015 $10 million": the sign belongs to the number behind it.</summary>
        bool IsSignOf(int i) => i < document.Tokens.Length && document.Tokens[i].Start == document.Tokens[i - 1].End && char.IsAsciiDigit(document.Text[document.Tokens[i].Start]);

        bool Is(int i, string word) => i < document.Tokens.Length && document[document.Tokens[i]].SequenceEqual(word);

        /// <summary>1,234.5 and 1.234,5; "1.500 euros" are thousands, $3.299 is not.</summary>
        static decimal? Parse(ReadOnlySpan<char> text, bool signBefore)
        {
            var (commas, points) = (text.Count(','), text.Count('.'));
            var (lastComma, lastPoint) = (text.LastIndexOf(','), text.LastIndexOf('.'));
            var decimalMark = commas > 0 && points > 0 ? (lastComma > lastPoint ? ',' : '.')
                : commas == 1 && text.Length - lastComma != 4 ? ','
                : points == 1 && (signBefore || text.Length - lastPoint != 4 || text[0] == '0') ? '.'
                : '\0';
            Span<char> digits = stackalloc char[MaxDigits];
            var length = 0;
            foreach (var c in text)
                if (char.IsAsciiDigit(c)) digits[length++] = c;
                else if (c == decimalMark) digits[length++] = '.';
            return decimal.TryParse(digits[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
        }
    }
}
