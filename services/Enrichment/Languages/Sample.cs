namespace Monitoring.Enrichment.Languages;

/// <summary>Letters out of a text in lower case, each with its script; all else is one underscore between words.</summary>
ref struct Sample(Span<char> letters, Span<Script> scripts, Span<int> counts)
{
    /// <summary>A character of Chinese, Japanese or Korean says as much as about three letters.</summary>
    const int LettersPerCharacter = 3;

    /// <summary>Japanese has at least one Kana to so many Han; a Chinese text may name a brand in Kana.</summary>
    const int HanPerKana = 20;

    readonly Span<char> letters = letters;
    readonly Span<Script> scripts = scripts;
    readonly Span<int> counts = counts;
    int length;

    public void Take(ReadOnlySpan<char> text)
    {
        if (length == 0) Append('_', Languages.Script.None);
        foreach (var c in text)
        {
            var script = Scripts.Of(c);
            counts[(int)script]++;
            if (script != Languages.Script.None) Append(char.ToLowerInvariant(c), script);
            else if (letters[length - 1] != '_') Append('_', script);
        }
        if (letters[length - 1] != '_') Append('_', Languages.Script.None);
    }

    void Append(char c, Script script)
    {
        scripts[length] = script;
        letters[length++] = c;
    }

    /// <summary>The script most of it is written in, and its share.</summary>
    public readonly (Script Script, double Share) Script()
    {
        counts[(int)Languages.Script.None] = 0;
        if (counts[(int)Languages.Script.Kana] * HanPerKana >= counts[(int)Languages.Script.Han])
        {
            counts[(int)Languages.Script.Kana] += counts[(int)Languages.Script.Han];
            counts[(int)Languages.Script.Han] = 0;
        }
        counts[(int)Languages.Script.Han] *= LettersPerCharacter;
        counts[(int)Languages.Script.Kana] *= LettersPerCharacter;
        counts[(int)Languages.Script.Hangul] *= LettersPerCharacter;
        int best = 0, total = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            total += counts[i];
            if (counts[i] > counts[best]) best = i;
        }
        return ((Script)best, total == 0 ? 0 : (double)counts[best] / total);
    }

    /// <summary>The words of one script; those of others are left out.</summary>
    public readonly ReadOnlySpan<char> Words(Script script)
    {
        var kept = 1;
        for (var i = 1; i < length; i++)
        {
            var c = scripts[i] == script ? letters[i] : '_';
            if (c != '_' || letters[kept - 1] != '_') letters[kept++] = c;
        }
        return letters[..kept];
    }
}
