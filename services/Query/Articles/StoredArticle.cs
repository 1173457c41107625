using System.Collections.Frozen;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Hosting;
using Monitoring.QueryLanguage;
using Monitoring.ReadModels;
using ArticleQuery = Monitoring.QueryLanguage.Query;

namespace Monitoring.Query.Articles;

/// <summary>Copies stored articles into an answer, member by member and without making objects of them.</summary>
public static class StoredArticle
{
    static readonly FrozenSet<string> Members = typeof(Article).GetProperties().Select(member => JsonNamingPolicy.CamelCase.ConvertName(member.Name)).ToFrozenSet();

    /// <summary>The members that a parameter names, separated by commas; null for all but the body.</summary>
    /// <exception cref="ProblemException">400: an article has no such member.</exception>
    public static FrozenSet<string>? Fields(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var fields = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();
        return fields.FirstOrDefault(field => !Members.Contains(field)) is not { } unknown ? fields
            : throw new ProblemException(400, $"An article has no '{unknown}'; it has {string.Join(", ", Members.Order(StringComparer.Ordinal))}.", "fields");
    }

    /// <param name="json">Takes the article as an object.</param>
    /// <param name="stored">As the database has it.</param>
    /// <param name="fields">Its members; null for all but the body.</param>
    /// <param name="highlights">The query whose words are pointed out; null for none.</param>
    /// <returns>Where its words stand; empty where there is no query.</returns>
    public static IReadOnlyList<Span> Write(Utf8JsonWriter json, ReadOnlySpan<byte> stored, FrozenSet<string>? fields, ArticleQuery? highlights)
    {
        string? title = null, body = null, language = null;
        json.WriteStartObject();
        var reader = new Utf8JsonReader(stored);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (highlights is not null && reader.TokenType == JsonTokenType.String)
                _ = name switch { "title" => title = reader.GetString(), "body" => body = reader.GetString(), "language" => language = reader.GetString(), _ => null };
            reader.Skip();
            if (fields?.Contains(name) ?? name != "body")
            {
                json.WritePropertyName(name);
                json.WriteRawValue(stored[start..(int)reader.BytesConsumed], skipInputValidation: true);
            }
        }
        json.WriteEndObject();
        return highlights is null ? [] : Highlights.Find(highlights, title, body, language);
    }
}
