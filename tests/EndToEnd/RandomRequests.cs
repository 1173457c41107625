using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Tests.EndToEnd;

/// <summary>A request that can be said as a curl line, and made smaller.</summary>
/// <param name="Operation">What it is meant for.</param>
/// <param name="Path">Its parameters filled in.</param>
/// <param name="Query">Names and values, not yet escaped; a name may come several times.</param>
/// <param name="Headers">Besides the key and the Content-Type.</param>
/// <param name="MediaType">Content-Type, as it stands; none where null.</param>
/// <param name="Body">None where null.</param>
sealed record RandomRequest(
    Operation Operation, string Path, IReadOnlyList<(string Name, string Value)> Query, IReadOnlyList<(string Name, string Value)> Headers, string? MediaType, byte[]? Body)
{
    string Address => Query.Count == 0 ? Path : $"{Path}?{string.Join('&', Query.Select(parameter => $"{Escape(parameter.Name)}={Escape(parameter.Value)}"))}";

    public HttpRequestMessage ToRequest()
    {
        var request = new HttpRequestMessage(new HttpMethod(Operation.Method), new Uri(Address, UriKind.Relative));
        foreach (var (name, value) in Headers) request.Headers.TryAddWithoutValidation(name, value);
        if (Body is null) return request;
        request.Content = new ByteArrayContent(Body);
        if (MediaType is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", MediaType);
        return request;
    }

    /// <summary>The same with one thing less.</summary>
    public IEnumerable<RandomRequest> Smaller() =>
    [
        .. Query.Select((_, i) => this with { Query = [.. Query.Where((_, at) => at != i)] }),
        .. Headers.Select((_, i) => this with { Headers = [.. Headers.Where((_, at) => at != i)] }),
        .. Body is null ? Array.Empty<RandomRequest>() : [this with { Body = null }, .. Body.Length > 1 ? [this with { Body = Body[..(Body.Length / 2)] }] : Array.Empty<RandomRequest>()],
        .. Query.Select((parameter, i) => (parameter, i)).Where(one => one.parameter.Value.Length > 8)
            .Select(one => this with { Query = [.. Query.Select((parameter, at) => at == one.i ? (parameter.Name, parameter.Value[..(parameter.Value.Length / 2)]) : parameter)] }),
    ];

    /// <summary>A line for a shell with $KEY and $ADDRESS; bytes that are no text come through base64.</summary>
    public string ToCurl()
    {
        var body = Body is null ? "" : $" --data-binary @<(echo {Convert.ToBase64String(Body)} | base64 -d)";
        // Without a Content-Type of its own curl would send that of a form.
        IEnumerable<(string Name, string Value)> headers = Body is null ? Headers : Headers.Append(("Content-Type", MediaType ?? ""));
        return $"curl -i -X {Operation.Method} -H \"Authorization: Bearer $KEY\"{string.Concat(headers.Select(header => $" -H {Quote($"{header.Name}: {header.Value}".TrimEnd())}"))}{body} \"$ADDRESS\"{Quote(Address)}";
    }

    static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    // A lone surrogate is no character and cannot be sent in an address; EscapeDataString would say so by an exception.
    public static string Escape(string text) => Uri.EscapeDataString(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
}

/// <summary>Requests out of a description: as it asks for, at its bounds, and as nobody should send them. The same seed gives the same request.</summary>
/// <param name="api">The description.</param>
/// <param name="known">Values that the system knows, ids and cursors, so that some requests reach further than the first check.</param>
sealed class RandomRequests(ApiDocument api, IReadOnlyList<string> known)
{
    /// <summary>What has broken programs before: numbers at the edge, dates out of range, operators of query languages, SQL, markup, other scripts, bytes in disguise.</summary>
    static readonly string[] Hostile =
    [
        "", " ", "0", "-1", "1", "200", "201", "2147483647", "2147483648", "-9223372036854775809", "1e309", "NaN", "0x10", "1,5", "true", "TRUE", "null", "undefined", "[]", "{}", "a]", "[a", "(", ")", "\"", "'", "\\",
        "0001-01-01", "9999-12-31", "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00+14:00", "2026-02-30", "2026-03-01T09:30:00+25:00", "now-7d", "yesterday", "-0001-01-01", "12026-01-01", "2026-03-01T24:00:00Z",
        "a AND", "NOT", "NOT a", "AND OR NOT", "topic:", "topic:(a OR", "title:\"a b\"~21", "\"a b\"~5", "a NEAR/5 b", "a NEAR/ b", "a*", "*", "*a", "?", "a~", "/a.*/", "published:[now-7d TO *]", "published:[b TO a}", "field:x", "+a -b", "a && b || !c", "^2",
        "((((((((((((((((((((((((((((((a))))))))))))))))))))))))))))))", "'; drop table monitoring.mt_events; --", "' or 1=1 --", "%", "_", "%25", "%00", "a\0b", "$1", "{0}", "${jndi:ldap://x.invalid/a}", "<script>alert(1)</script>", "../../etc/passwd", "..%2f..", "//", ";", "&", "#",
        "Ünïcödé", "мир", "世界", "שלום", "🕊️", "a\u0301", "\u202Eabc", "\uFEFF", "\uFFFF", "İ", "ß", "ﬁ", "\t", "\r\n", "a\nb", "\u0085", "\u2028",
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "{00000000-0000-0000-0000-000000000000}", "medtop:20000073", "medtop:", "en", "x-klingon", "peace process", "António Guterres", "gazette.example", "localhost", "127.0.0.1",
        "http://127.0.0.1:1/", "https://x.invalid/", "file:///etc/passwd", "http://[::1]/", "http://user:pass@x.invalid", "javascript:1", "http://", "Cg", "MQo", "MjAyNi0wMy0wMVQwMDowMDowMC4wMDAwMDAwKzAwOjAwCg", "MTAKYQ", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5Cg", "====", "AAAA",
        new('a', 1_001), new('(', 500), string.Concat(Enumerable.Repeat("a OR ", 400)) + "a", string.Concat(Enumerable.Repeat("é", 700)), new('*', 300), string.Concat(Enumerable.Repeat("a ", 600)),
    ];

    static readonly string[] MediaTypes =
        ["application/json", "application/json; charset=utf-16", "application/json; charset=klingon", "text/plain", "text/html; charset=\"", "application/x-ndjson", "application/ninjs+json", "image/png", "multipart/form-data", "nonsense", "*/*", "text/x-opml", "application/xml"];

    public RandomRequest Next(IReadOnlyList<Operation> operations, Random random)
    {
        var operation = operations[random.Next(operations.Count)];
        var (path, query, headers) = (operation.Path, new List<(string, string)>(), new List<(string, string)>());
        foreach (var parameter in operation.Parameters)
        {
            var (name, schema) = ((string)parameter["name"]!, api.Schema(parameter["schema"]!));
            string Value() => random.Next(4) == 0 && parameter["example"] is { } example ? Plain(example) : Text(schema, random);
            switch ((string?)parameter["in"])
            {
                case "path": path = path.Replace($"{{{name}}}", Segment(random.Next(2) == 0 && known.Count > 0 ? Pick(known, random) : Value()), StringComparison.Ordinal); break;
                case "header": if (random.Next(2) == 0) headers.Add((name, Printable(Value()))); break;
                default:
                    // Mostly once or not at all, at times repeated.
                    for (var times = random.Next(10) switch { < 5 => 0, < 9 => 1, _ => random.Next(2, 60) }; times > 0 && Length(query) < 4_000; times--) query.Add((name, Value()));
                    break;
            }
        }
        if (random.Next(20) == 0) query.Add((Pick(Hostile, random), Pick(Hostile, random)));
        // A server reads a request line of 8 kB, and refuses a longer one before anybody knows what it is for.
        while (Length(query) > 7_000 / 3) query.RemoveAt(0);
        if (operation.Body is not { } content) return new RandomRequest(operation, path, query, headers, null, null);
        var described = content.ElementAt(random.Next(content.Count));
        var mediaType = random.Next(10) switch { 0 => Pick(MediaTypes, random), 1 => null, _ => described.Key };
        return new RandomRequest(operation, path, query, headers, mediaType, random.Next(20) == 0 ? null : Body(described.Value!.AsObject(), random));
    }

    // An empty segment, or one of dots, is another path and so another operation; one with a zero byte is no HTTP, a longer one no request line.
    static string Segment(string value) => value[..Math.Min(value.Length, 300)].Trim('.').Replace("\0", "", StringComparison.Ordinal) is { Length: > 0 } segment ? RandomRequest.Escape(segment) : "x";

    static int Length(IEnumerable<(string Name, string Value)> query) => query.Sum(parameter => Encoding.UTF8.GetByteCount(parameter.Name + parameter.Value) + 2);

    /// <summary>For a parameter: as its schema says, one that the system knows, or hostile.</summary>
    string Text(JsonObject schema, Random random) => random.Next(6) switch
    {
        0 when known.Count > 0 => Pick(known, random),
        1 or 2 => Plain(Value(schema, random, 0)),
        _ => Pick(Hostile, random),
    };

    byte[] Body(JsonObject described, Random random)
    {
        var example = described["example"];
        switch (random.Next(8))
        {
            case 0 or 1 when example is not null: return Bytes(example);
            case 2: return Encoding.UTF8.GetBytes(Pick(Hostile, random));
            case 3: return RandomBytes(random);
            case 4 when example is not null: return Garble(Bytes(example), random);
            // Over the 256 kB that most routes take.
            case 5 when random.Next(30) == 0: return Encoding.UTF8.GetBytes($"{{\"title\":\"{new string('x', 300_000)}\"}}");
            default: return Bytes(Change(random.Next(2) == 0 && example is not null ? example.DeepClone() : Value(api.Schema(described["schema"]!), random, 0), random));
        }
    }

    /// <summary>A member of another kind, or one more or less.</summary>
    static JsonNode? Change(JsonNode? value, Random random)
    {
        if (value is not JsonObject { Count: > 0 } members) return random.Next(3) == 0 ? Any(random, 0) : value;
        var name = members.ElementAt(random.Next(members.Count)).Key;
        switch (random.Next(4))
        {
            case 0: members.Remove(name); break;
            case 1: members[name] = Any(random, 0); break;
            case 2: members[Pick(Hostile, random)] = Any(random, 0); break;
            default: break;
        }
        return members;
    }

    JsonNode? Value(JsonObject schema, Random random, int depth)
    {
        if (depth > 4 || random.Next(12) == 0) return Any(random, depth);
        if (schema["oneOf"] is JsonArray choices) return Value(api.Schema(choices[random.Next(choices.Count)]!), random, depth + 1);
        if (schema["enum"] is JsonArray values) return values[random.Next(values.Count)]?.DeepClone();
        switch ((string?)(schema["type"] is JsonArray types ? types[random.Next(types.Count)] : schema["type"]))
        {
            case "object":
                var members = new JsonObject();
                foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
                    if (random.Next(3) > 0) members[name] = Value(api.Schema(member!), random, depth + 1);
                return members;
            case "array": return new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(api.Schema(schema["items"] ?? new JsonObject()), random, depth + 1))]);
            case "integer": return Pick<long>([0, 1, -1, 10, 50, 200, 201, int.MaxValue, int.MinValue, long.MaxValue], random);
            case "number": return Pick([0, 0.5, -1, 1e308, 1440, 1441], random);
            case "boolean": return random.Next(2) == 0;
            case "string": return (string?)schema["format"] switch
            {
                "uuid" => new Guid([.. Enumerable.Range(0, 16).Select(_ => (byte)random.Next(256))]).ToString(),
                "date-time" => DateTime.UnixEpoch.AddSeconds(random.NextInt64(3_000_000_000)).ToString("O", CultureInfo.InvariantCulture),
                _ => Pick(Hostile, random),
            };
            default: return Any(random, depth);
        }
    }

    static JsonNode? Any(Random random, int depth) => random.Next(depth > 4 ? 5 : 7) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.NextInt64(long.MinValue, long.MaxValue),
        3 => random.NextDouble() * 1e300,
        4 => Pick(Hostile, random),
        5 => new JsonArray([.. Enumerable.Range(0, random.Next(5)).Select(_ => Any(random, depth + 1))]),
        _ => new JsonObject { [Pick(Hostile, random)] = Any(random, depth + 1) },
    };

    static byte[] Garble(byte[] bytes, Random random)
    {
        for (var times = random.Next(1, 4); times > 0 && bytes.Length > 0; times--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return random.Next(2) == 0 ? bytes : bytes[..random.Next(bytes.Length + 1)];
    }

    static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        return bytes;
    }

    static string Plain(JsonNode? value) => value is JsonArray items ? items.Count > 0 ? Plain(items[0]) : "" : value?.ToString() ?? "null";

    static byte[] Bytes(JsonNode? body) => Encoding.UTF8.GetBytes(body?.GetValueKind() == System.Text.Json.JsonValueKind.String ? (string)body! : body?.ToJsonString() ?? "null");

    // What is no header never reaches the server.
    static string Printable(string value) => new([.. value.Where(letter => letter is >= ' ' and < '\x7f').Take(500)]);

    static T Pick<T>(IReadOnlyList<T> values, Random random) => values[random.Next(values.Count)];
}
