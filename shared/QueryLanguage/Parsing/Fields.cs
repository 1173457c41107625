namespace Monitoring.QueryLanguage;

/// <summary>The fields by the names people use.</summary>
static class Fields
{
    /// <summary>What a field's values are: words, names, times, a language or a story.</summary>
    public abstract record Field
    {
        public sealed record Text(TextField In) : Field;
        public sealed record Name(NameField Of) : Field;
        public sealed record Time(TimeField At) : Field;
        public sealed record Language : Field;
        public sealed record Story : Field;
    }

    public static readonly Field Any = new Field.Text(TextField.Any);

    static readonly Dictionary<string, Field> ByName = new()
    {
        ["topic"] = new Field.Name(NameField.Topic),
        ["entity"] = new Field.Name(NameField.Entity),
        ["person"] = new Field.Name(NameField.Person),
        ["org"] = new Field.Name(NameField.Organisation),
        ["organisation"] = new Field.Name(NameField.Organisation),
        ["organization"] = new Field.Name(NameField.Organisation),
        ["place"] = new Field.Name(NameField.Place),
        ["source"] = new Field.Name(NameField.Source),
        ["cites"] = new Field.Name(NameField.Cites),
        ["lang"] = new Field.Language(),
        ["language"] = new Field.Language(),
        ["author"] = new Field.Text(TextField.Author),
        ["title"] = new Field.Text(TextField.Title),
        ["body"] = new Field.Text(TextField.Body),
        ["text"] = Any,
        ["quote"] = new Field.Text(TextField.Quote),
        ["speaker"] = new Field.Text(TextField.Speaker),
        ["story"] = new Field.Story(),
        ["published"] = new Field.Time(TimeField.Published),
        ["received"] = new Field.Time(TimeField.Received),
    };

    const string Listed = "topic, entity, person, org, place, source, lang, author, title, body, quote, speaker, cites, story, published, received";

    public static Field? Find(string name) => ByName.GetValueOrDefault(name.ToLowerInvariant());

    /// <summary>What to say of a field that is none.</summary>
    public static string Unknown(string name)
    {
        var near = ByName.Keys.Select(known => (Known: known, Distance: Distance(known, name.ToLowerInvariant()))).MinBy(known => known.Distance);
        return near.Distance <= Math.Max(1, name.Length / 3) ? $"there is no field '{name}'. Did you mean '{near.Known}'?"
            : $"there is no field '{name}'. Fields are {Listed}; put what holds a colon in quotation marks.";
    }

    public static string NameOf(TextField field) => field == TextField.Any ? "" : $"{field.ToString().ToLowerInvariant()}:";
    public static string NameOf(NameField field) => field == NameField.Organisation ? "org:" : $"{field.ToString().ToLowerInvariant()}:";
    public static string NameOf(TimeField field) => $"{field.ToString().ToLowerInvariant()}:";

    /// <summary>How many letters differ (Levenshtein).</summary>
    static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= other.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
