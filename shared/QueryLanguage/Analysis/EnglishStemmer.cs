using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Monitoring.QueryLanguage.Analysis;

/// <summary>Porter2, the English stemmer of Snowball (M. F. Porter, snowballstem.org/algorithms/english/stemmer.html).</summary>
public static class EnglishStemmer
{
    static readonly FrozenDictionary<string, string> Exceptions = new Dictionary<string, string>
    {
        ["skis"] = "ski", ["skies"] = "sky", ["dying"] = "die", ["lying"] = "lie", ["tying"] = "tie", ["idly"] = "idl", ["gently"] = "gentl", ["ugly"] = "ugli",
        ["early"] = "earli", ["only"] = "onli", ["singly"] = "singl", ["sky"] = "sky", ["news"] = "news", ["howe"] = "howe", ["atlas"] = "atlas", ["cosmos"] = "cosmos",
        ["bias"] = "bias", ["andes"] = "andes",
    }.ToFrozenDictionary();

    /// <summary>They are stems once the plural is off.</summary>
    static readonly FrozenSet<string> Kept = new[] { "inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed" }.ToFrozenSet();

    static readonly (string Suffix, string By)[] Step2 =
    [
        ("ization", "ize"), ("ational", "ate"), ("fulness", "ful"), ("ousness", "ous"), ("iveness", "ive"), ("tional", "tion"), ("biliti", "ble"), ("lessli", "less"),
        ("entli", "ent"), ("ation", "ate"), ("alism", "al"), ("aliti", "al"), ("ousli", "ous"), ("iviti", "ive"), ("fulli", "ful"),
        ("enci", "ence"), ("anci", "ance"), ("abli", "able"), ("izer", "ize"), ("ator", "ate"), ("alli", "al"), ("bli", "ble"), ("ogi", "og"), ("li", ""),
    ];

    static readonly (string Suffix, string By)[] Step3 =
        [("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"), ("ative", ""), ("ical", "ic"), ("ness", ""), ("ful", "")];

    static readonly string[] Step4 =
        ["ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion", "al", "er", "ic"];

    /// <summary>Words of the news are the same ones again and again.</summary>
    const int MaxRemembered = 1 << 16;
    static readonly ConcurrentDictionary<string, string> Remembered = new();
    static int remembered;

    /// <param name="word">Folded; what holds anything but a to z is its own stem.</param>
    public static string Stem(string word)
    {
        if (word.Length < 3 || word.AsSpan().ContainsAnyExceptInRange('a', 'z')) return word;
        if (Remembered.TryGetValue(word, out var known)) return known;
        var stem = Compute(word);
        if (remembered < MaxRemembered && Remembered.TryAdd(word, stem)) Interlocked.Increment(ref remembered);
        return stem;
    }

    static string Compute(string word)
    {
        if (Exceptions.TryGetValue(word, out var exception)) return exception;
        var letters = word.ToCharArray();
        // A y that begins a word or follows a vowel is a consonant, written Y here.
        for (var i = 0; i < letters.Length; i++)
            if (letters[i] == 'y' && (i == 0 || IsVowel(letters[i - 1]))) letters[i] = 'Y';
        var stem = new string(letters);
        var first = Region1(stem);
        var second = Region(stem, first);
        stem = Plural(stem);
        if (Kept.Contains(stem)) return stem.ToLowerInvariant();
        stem = Past(stem, first);
        stem = stem.Length > 2 && stem[^1] is 'y' or 'Y' && !IsVowel(stem[^2]) ? stem[..^1] + "i" : stem;
        stem = Derived(stem, first);
        stem = Adjective(stem, first, second);
        stem = Ending(stem, second);
        stem = Last(stem, first, second);
        return stem.ToLowerInvariant();
    }

    static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    static int Region1(string word)
    {
        foreach (var prefix in new[] { "gener", "commun", "arsen" })
            if (word.StartsWith(prefix, StringComparison.Ordinal)) return prefix.Length;
        return Region(word, 0);
    }

    /// <summary>After the first consonant that follows a vowel.</summary>
    static int Region(string word, int from)
    {
        for (var i = from + 1; i < word.Length; i++)
            if (!IsVowel(word[i]) && IsVowel(word[i - 1])) return i + 1;
        return word.Length;
    }

    static bool HasVowel(ReadOnlySpan<char> part)
    {
        foreach (var c in part)
            if (IsVowel(c)) return true;
        return false;
    }

    static bool Ends(string word, string suffix) => word.EndsWith(suffix, StringComparison.Ordinal);

    static string Plural(string word)
    {
        if (Ends(word, "sses")) return word[..^2];
        if (Ends(word, "ied") || Ends(word, "ies")) return word.Length > 4 ? word[..^2] : word[..^1];
        if (!Ends(word, "s") || Ends(word, "us") || Ends(word, "ss")) return word;
        return HasVowel(word.AsSpan(0, word.Length - 2)) ? word[..^1] : word;
    }

    static string Past(string word, int first)
    {
        foreach (var suffix in new[] { "eedly", "eed" })
            if (Ends(word, suffix)) return word.Length - suffix.Length >= first ? word[..^suffix.Length] + "ee" : word;
        foreach (var suffix in new[] { "ingly", "edly", "ing", "ed" })
        {
            if (!Ends(word, suffix)) continue;
            var stem = word[..^suffix.Length];
            if (!HasVowel(stem)) return word;
            if (Ends(stem, "at") || Ends(stem, "bl") || Ends(stem, "iz")) return stem + "e";
            if (stem.Length > 1 && stem[^1] == stem[^2] && stem[^1] is 'b' or 'd' or 'f' or 'g' or 'm' or 'n' or 'p' or 'r' or 't') return stem[..^1];
            return IsShort(stem, first) ? stem + "e" : stem;
        }
        return word;
    }

    /// <summary>Nothing behind the first region, and a short syllable at the end.</summary>
    static bool IsShort(string word, int first) => word.Length <= first && EndsShort(word);

    static bool EndsShort(string word) => word.Length == 2 ? IsVowel(word[0]) && !IsVowel(word[1])
        : word.Length > 2 && !IsVowel(word[^3]) && IsVowel(word[^2]) && !IsVowel(word[^1]) && word[^1] is not ('w' or 'x' or 'Y');

    static string Derived(string word, int first)
    {
        foreach (var (suffix, by) in Step2)
        {
            if (!Ends(word, suffix)) continue;
            var stem = word[..^suffix.Length];
            if (stem.Length < first) return word;
            return suffix switch
            {
                "ogi" => Ends(stem, "l") ? stem + by : word,
                "li" => stem.Length > 0 && stem[^1] is 'c' or 'd' or 'e' or 'g' or 'h' or 'k' or 'm' or 'n' or 'r' or 't' ? stem : word,
                _ => stem + by,
            };
        }
        return word;
    }

    static string Adjective(string word, int first, int second)
    {
        foreach (var (suffix, by) in Step3)
        {
            if (!Ends(word, suffix)) continue;
            var stem = word[..^suffix.Length];
            return stem.Length >= (suffix == "ative" ? second : first) ? stem + by : word;
        }
        return word;
    }

    static string Ending(string word, int second)
    {
        foreach (var suffix in Step4)
        {
            if (!Ends(word, suffix)) continue;
            var stem = word[..^suffix.Length];
            return stem.Length >= second && (suffix != "ion" || Ends(stem, "s") || Ends(stem, "t")) ? stem : word;
        }
        return word;
    }

    static string Last(string word, int first, int second)
    {
        if (Ends(word, "e")) return word.Length - 1 >= second || word.Length - 1 >= first && !EndsShort(word[..^1]) ? word[..^1] : word;
        return Ends(word, "ll") && word.Length - 1 >= second ? word[..^1] : word;
    }
}
