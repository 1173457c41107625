using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Monitoring.Ingest.Feeds.Parsing;
using Monitoring.Ingest.Pages;
using Spectre.Console;

namespace Tests.Quality;

/// <summary><c>speed</c>: how long a large feed and a usual page take, and how many articles are enriched, warm.</summary>
static class SpeedCommand
{
    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "Measured, after a third as many unmeasured.", DefaultValueFactory = _ => 60 };
        var texts = new Option<FileInfo>("--texts") { Description = "Lines whose last column is a news text: how many of them are enriched in a second. Nothing else is timed then." };
        var command = new Command("speed", "Times generated feeds of 500 entries and 1.1 MB or a little more, and a news page of 100 kB; or the enrichment of texts.") { rounds, texts };
        command.SetAction(arguments =>
        {
            if (arguments.GetValue(texts) is { } file) EnrichmentSpeed.Measure(file);
            else Measure(arguments.GetValue(rounds));
        });
        return command;
    }

    static void Measure(int rounds)
    {
        var table = new Table().AddColumns("document", "MB", "median ms", "best ms");
        foreach (var (name, document) in new[] { ("RSS, escaped HTML", Feed(cdata: false)), ("RSS, CDATA", Feed(cdata: true)), ("Atom, XHTML", Atom()) })
        {
            var bytes = Encoding.UTF8.GetBytes(document);
            Row(name, bytes, rounds, () => ReadFeed(bytes));
        }
        var page = Encoding.UTF8.GetBytes(GeneratedPage.Html);
        // A page takes a tenth of the time of a feed: as many rounds more until all code is as fast as it gets.
        Row("page", page, 10 * rounds, () => ReadPage(page));
        AnsiConsole.Write(table);

        void Row(string name, byte[] bytes, int rounds, Action read)
        {
            for (var i = 0; i < rounds / 3; i++) read();
            var times = Enumerable.Range(0, rounds).Select(_ => Once(read)).Order().ToList();
            table.AddRow(name, $"{bytes.Length / 1e6:F2}", $"{times[rounds / 2]:F1}", $"{times[0]:F1}");
        }
    }

    static double Once(Action read)
    {
        var clock = Stopwatch.StartNew();
        read();
        return clock.Elapsed.TotalMilliseconds;
    }

    static void ReadFeed(byte[] bytes)
    {
        var read = FeedParser.Parse(bytes, "application/xml", "https://gazette.example/feed");
        if (read.Entries.Count != 500 || !read.WellFormed) throw new InvalidOperationException(string.Join('\n', read.Problems));
    }

    static void ReadPage(byte[] bytes)
    {
        var read = PageExtractor.Extract(bytes, "text/html; charset=utf-8", "https://gazette.example/2026/03/talks", Date(1));
        if (read.Text?.Length is not > 10_000 || read.Published is null) throw new InvalidOperationException($"{read}");
    }

    static string Feed(bool cdata) => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel><title>The Gazette</title><link>https://gazette.example/</link><description>News of the day</description>
        {Entries(i => $"""
            <item><title>Report {i} on the talks &amp; what followed</title><link>https://gazette.example/{i}</link><guid isPermaLink="false">{i}</guid>
            <pubDate>{Date(i):R}</pubDate><dc:creator>Jane Roe</dc:creator><category>Politics</category>
            <description>{Markup(Html(i, 1), cdata)}</description><content:encoded>{Markup(Html(i, 5), cdata)}</content:encoded></item>
            """)}
        </channel></rss>
        """;

    static string Atom() => $"""
        <feed xmlns="http://www.w3.org/2005/Atom"><title>The Gazette</title><id>https://gazette.example/</id><updated>2026-03-01T00:00:00Z</updated>
        {Entries(i => $"""
            <entry><title>Report {i} on the talks &amp; what followed</title><link href="https://gazette.example/{i}"/><id>https://gazette.example/{i}</id>
            <updated>{Date(i):yyyy-MM-ddTHH:mm:ssZ}</updated><author><name>Jane Roe</name></author>
            <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{Html(i, 6)}</div></content></entry>
            """)}
        </feed>
        """;

    static string Entries(Func<int, string> entry) => string.Concat(Enumerable.Range(1, 500).Select(entry));
    static DateTime Date(int i) => new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(i);
    static string Markup(string html, bool cdata) => cdata ? $"<![CDATA[{html}]]>" : html.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    static string Html(int seed, int paragraphs) => string.Concat(Enumerable.Range(seed, paragraphs).Select(i => string.Create(CultureInfo.InvariantCulture, $"""
        <p class="text">Delegations met in <a href="/places/geneva?n={i}" target="_blank">Geneva</a> for round {i} of the talks, and <em>nobody</em> spoke to the press.
        The agenda holds <strong>{i} points</strong>, &#8220;most of them old&#8221;, an official said. <img src="pictures/{i}.jpg" alt="The hall" width="640" height="480"/></p>
        """)));
}
