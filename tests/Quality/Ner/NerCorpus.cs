using System.Text;
using Monitoring.Enrichment.Entities;
using Monitoring.Enrichment.Entities.Tagging;
using Monitoring.Enrichment.Text;

namespace Tests.Quality.Ner;

/// <summary>A labelled text, rebuilt from its tokens.</summary>
/// <param name="Text">As one would read it.</param>
/// <param name="Names">Stretches of the text, in order.</param>
sealed record LabelledText(string Text, IReadOnlyList<(int Start, int End, EntityType Type)> Names);

/// <summary>Files of <c>token TAB tag</c>: BIO, <c>-DOC-</c> between documents, a blank line behind each sentence.</summary>
static class NerCorpus
{
    public static IEnumerable<LabelledText> Read(string path, int maxSentences = int.MaxValue)
    {
        var sentence = new List<(string Token, string Tag)>();
        var document = new List<List<(string, string)>>();
        foreach (var line in File.ReadLines(path).Append("-DOC-"))
        {
            var cells = line.Split('\t');
            var boundary = cells[0] is "-DOC-" or "-DOCSTART-";
            if (cells.Length >= 2 && !boundary) sentence.Add((cells[0], cells[^1]));
            else if (sentence.Count > 0)
            {
                document.Add(sentence);
                sentence = [];
            }
            if (document.Count == 0 || !boundary && document.Count < maxSentences) continue;
            yield return Rebuild(document, SplitsHyphens(path));
            document = [];
        }
    }

    // Universal Dependencies split at hyphens, which are no dashes then.
    static bool SplitsHyphens(string path) => Path.GetFileName(path).StartsWith("gum", StringComparison.Ordinal) || Path.GetFileName(path).StartsWith("uner", StringComparison.Ordinal);

    static LabelledText Rebuild(List<List<(string Token, string Tag)>> sentences, bool hyphens)
    {
        var text = new StringBuilder();
        var names = new List<(int, int, EntityType)>();
        foreach (var sentence in sentences)
        {
            // A line of its own where no mark says that a sentence ends.
            if (text.Length > 0) text.Append(text[^1] is '.' or '!' or '?' or '"' ? " " : "\n\n");
            var (begin, type) = (-1, default(EntityType?));
            var (quoted, end) = (false, text.Length);
            for (var i = 0; i < sentence.Count; i++)
            {
                var (token, tag) = sentence[i];
                token = token switch { "``" or "''" => "\"", "-LRB-" => "(", "-RRB-" => ")", _ => token };
                if (i > 0 && !Attached(sentence[i - 1].Token, token, quoted) && !(hyphens && (token == "-" || sentence[i - 1].Token == "-"))) text.Append(' ');
                if (token == "\"") quoted = !quoted;
                var current = TypeOf(tag);
                if (begin >= 0 && (current != type || tag[0] == 'B')) Close();
                if (current is not null && begin < 0) (begin, type) = (text.Length, current);
                text.Append(token);
                end = text.Length;
            }
            if (begin >= 0) Close();

            void Close()
            {
                names.Add((begin, end, type!.Value));
                (begin, type) = (-1, null);
            }
        }
        return new LabelledText(text.ToString(), names);
    }

    static bool Attached(string before, string token, bool quoted) =>
        token is "." or "," or ";" or ":" or "?" or "!" or ")" or "]" or "%" or "'s" or "’s" or "n't" or "'ll" or "'re" or "'ve" or "'d" or "'m" or "'S"
        || token == "'" && before.EndsWith('s') || before is "(" or "[" or "$" or "#" || token == "\"" && quoted || before == "\"" && quoted;

    public static EntityType? TypeOf(string tag) => tag.Length < 3 ? null : tag[2..].ToUpperInvariant() switch
    {
        "PER" or "PERSON" => EntityType.Person,
        "ORG" or "ORGANISATION" or "ORGANIZATION" => EntityType.Organisation,
        "LOC" or "GPE" or "FAC" or "LOCATION" or "FACILITY" or "PLACE" => EntityType.Place,
        _ => null,
    };

    /// <summary>
    /// The names as we mean them, whatever a corpus says: titles are no part of a person's name, nor a genitive of any name's end, and
    /// inhabitants (Afghans, the Afghan team) are no names.
    /// </summary>
    public static List<NamedSpan> Spans(Document document, LabelledText text, NameEvidence evidence)
    {
        var spans = new List<NamedSpan>(text.Names.Count);
        var token = 0;
        foreach (var (start, end, type) in text.Names)
        {
            // The document has an empty headline and a line break before the body.
            while (token < document.Tokens.Length && document.ToOriginal(document.Tokens[token].End - 1) < start + 1) token++;
            var first = token;
            while (token < document.Tokens.Length && document.ToOriginal(document.Tokens[token].Start) < end + 1) token++;
            var last = token;
            if (type == EntityType.Person)
                while (last - first > 1 && Is(first, WordFlags.Title)) first++;
            if (last - first > 1 && document.Tokens[last - 1].Kind == TokenKind.Genitive) last--;
            if (last > first && !(Is(first, WordFlags.Demonym) && (last - first == 1 || char.IsLower(document.Text[document.Tokens[last - 1].Start])))) spans.Add(new NamedSpan(first, last, type));
        }
        return spans;

        bool Is(int token, WordFlags flag) => (evidence.Of(document.Tokens[token].Folded) & (flag | WordFlags.Country | WordFlags.City | WordFlags.Given)) == flag;
    }
}
