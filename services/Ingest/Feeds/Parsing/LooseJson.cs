using System.Globalization;
using System.Text;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>
/// JSON as far as it can be read: a truncated document gives what came before, a comma too many or a line break in a string is told and
/// passed over. Objects are dictionaries, arrays lists, every other value is a string as it is written; the first member of a name counts.
/// </summary>
sealed class LooseJson(string text, Faults faults)
{
    const int Deepest = 64;

    int at;

    public Dictionary<string, object?>? Read()
    {
        var value = Value(0);
        Skip();
        if (at < text.Length) Fault("There is something after the JSON value.");
        return value as Dictionary<string, object?>;
    }

    object? Value(int depth)
    {
        Skip();
        if (at >= text.Length) return Stop("The JSON is cut off.");
        if (depth > Deepest) return Stop("The JSON is nested too deeply.");
        return text[at] switch
        {
            '{' => Object(depth),
            '[' => Array(depth),
            '"' or '\'' => String(),
            _ => Scalar(),
        };
    }

    Dictionary<string, object?> Object(int depth)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        at++;
        while (Next('}', members.Count > 0))
        {
            if (text[at] is not ('"' or '\''))
            {
                if (Scalar() is not { } bare) continue;
                Fault("A member's name is not a string.");
                if (Expect(':')) members.TryAdd(bare, Value(depth + 1));
                continue;
            }
            var name = String();
            if (!Expect(':')) continue;
            var value = Value(depth + 1);
            if (!members.TryAdd(name, value)) Fault($"{name} is there twice.");
        }
        return members;
    }

    List<object?> Array(int depth)
    {
        var items = new List<object?>();
        at++;
        while (Next(']', items.Count > 0)) items.Add(Value(depth + 1));
        return items;
    }

    // To the next member or item; false at the end.
    bool Next(char end, bool later)
    {
        var commas = 0;
        for (; ; at++)
        {
            Skip();
            if (at >= text.Length)
            {
                Fault("The JSON is cut off.");
                return false;
            }
            if (text[at] == end)
            {
                if (commas > 0) Fault("A comma before the end.");
                at++;
                return false;
            }
            if (text[at] is '}' or ']' or ':')
            {
                Fault($"{text[at]} is out of place.");
                if (text[at] != ':') return false;
                continue;
            }
            if (text[at] != ',') break;
            commas++;
        }
        if (commas != (later ? 1 : 0)) Fault(commas == 0 ? "A comma is missing." : "A comma too many.");
        return true;
    }

    bool Expect(char sign)
    {
        Skip();
        if (at < text.Length && text[at] == sign)
        {
            at++;
            return true;
        }
        Fault($"{sign} is missing.");
        return false;
    }

    string String()
    {
        var quote = text[at++];
        if (quote == '\'') Fault("A string in single quotes.");
        var value = new StringBuilder();
        while (at < text.Length)
        {
            var run = text.AsSpan(at).IndexOfAny(quote, '\\', '\n');
            if (run < 0) run = text.Length - at;
            value.Append(text, at, run);
            at += run;
            if (at >= text.Length) break;
            var c = text[at++];
            if (c == quote) return Whole(value);
            if (c == '\n')
            {
                Fault("A line break in a string.");
                value.Append(c);
            }
            else if (at < text.Length) value.Append(Escaped());
        }
        Fault("The string is cut off.");
        return Whole(value);
    }

    char Escaped()
    {
        var c = text[at++];
        switch (c)
        {
            case 'n': return '\n';
            case 't': return '\t';
            case 'r': return '\r';
            case 'b' or 'f': return ' ';
            case 'u' when at + 4 <= text.Length && ushort.TryParse(text.AsSpan(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                at += 4;
                return code < ' ' && code is not (9 or 10 or 13) ? ' ' : (char)code;
            case '"' or '\\' or '/': return c;
        }
        Fault($"\\{c} is no escape.");
        return c;
    }

    // Half of a surrogate pair is no character, and no database takes it.
    static string Whole(StringBuilder value)
    {
        var text = value.ToString();
        return text.Any(char.IsSurrogate) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
    }

    string? Scalar()
    {
        var start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not (',' or '}' or ']' or ':' or '{' or '[' or '"')) at++;
        if (at == start)
        {
            at++;
            return Fault("Nothing that JSON knows.");
        }
        var scalar = text[start..at];
        if (scalar is "null") return null;
        if (scalar is not ("true" or "false") && !double.TryParse(scalar, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) Fault("A text without quotes.");
        return scalar;
    }

    void Skip()
    {
        while (true)
        {
            while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] == '\uFEFF')) at++;
            if (at + 1 >= text.Length || text[at] != '/' || text[at + 1] is not ('/' or '*')) return;
            Fault("A comment.");
            var mark = text[at + 1] == '/' ? "\n" : "*/";
            var end = text.IndexOf(mark, at + 2, StringComparison.Ordinal);
            at = end < 0 ? text.Length : end + mark.Length;
        }
    }

    object? Stop(string message)
    {
        Fault(message);
        at = text.Length;
        return null;
    }

    string? Fault(string message)
    {
        faults.Add(Math.Min(at, text.Length), message);
        return null;
    }
}
