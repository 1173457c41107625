namespace Tests.Quality;

/// <summary>Documents as they never should be: cut off anywhere, with bytes changed, lost, doubled, moved. The same for the same seed.</summary>
static class Mutation
{
    const int CutEverywhere = 4_096;

    static readonly string[] Spices =
        ["<", ">", "&", "\"", "'", "]]>", "<![CDATA[", "<!--", "-->", "<?", "?>", "</", "/>", "&#x", "&#0;", "&#xD800;", "\0", "\u00FF\u00FE", "<item>", "</item>", "<entry>", "</rss>",
            "<div>", "xml:base=\"", "<!DOCTYPE", "[", "]", "{", "}", ",", ":", "=", "<title type=\"xhtml\">", "<!ENTITY a \"&a;&a;\">"];

    /// <summary>Every prefix of a small document, a thousand of a large one.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> Truncations(IReadOnlyList<byte[]> documents) =>
        documents.SelectMany((document, i) => Enumerable.Range(0, Math.Min(document.Length, CutEverywhere))
            .Select(cut => document.Length <= CutEverywhere ? cut : (int)((long)document.Length * cut / CutEverywhere))
            .Select(cut => ($"document {i} cut at {cut}", document[..cut])));

    public static IEnumerable<(string Name, byte[] Bytes)> Random(IReadOnlyList<byte[]> documents, int count, int seed)
    {
        var random = new Random(seed);
        for (var n = 0; n < count; n++)
        {
            var i = random.Next(documents.Count);
            var bytes = documents[i].ToList();
            for (var change = random.Next(1, 8); change > 0; change--) Change(bytes, random);
            yield return ($"document {i}, mutation {n} of seed {seed}", [.. bytes]);
        }
    }

    static void Change(List<byte> bytes, Random random)
    {
        if (bytes.Count == 0) return;
        var at = random.Next(bytes.Count);
        var length = Math.Min(random.Next(1, 60), bytes.Count - at);
        switch (random.Next(6))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes.RemoveRange(at, length);
                break;
            case 2:
                bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                break;
            case 3:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 4:
                bytes.InsertRange(at, System.Text.Encoding.UTF8.GetBytes(Spices[random.Next(Spices.Length)]));
                break;
            default:
                bytes.Reverse(at, length);
                break;
        }
    }
}
