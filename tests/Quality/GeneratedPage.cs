using System.Globalization;

namespace Tests.Quality;

/// <summary>A news page of about 100 kB as publishers send them: scripts, menus, an article of forty paragraphs, teasers, comments.</summary>
static class GeneratedPage
{
    public static string Html { get; } = $$"""
        <!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Talks resume in Geneva | The Gazette</title>
        <meta property="og:title" content="Talks resume in Geneva"><meta property="og:site_name" content="The Gazette"><meta property="article:published_time" content="2026-03-01T09:30:00Z">
        <link rel="canonical" href="https://gazette.example/2026/03/talks"><script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Talks resume in Geneva",
        "datePublished":"2026-03-01T09:30:00Z","author":[{"@type":"Person","name":"Jane Roe"}],"publisher":{"@type":"Organization","name":"The Gazette"} }</script>
        <script>{{Repeat(700, i => $"window.q.push({{id:{i},slot:'top-{i}',sizes:[[300,250]]}});")}}</script><style>{{Repeat(150, i => $".c{i}{{margin:{i}px;color:#333}}")}}</style></head>
        <body class="page article-page"><header class="site-header"><nav class="menu"><ul>{{Repeat(120, i => $"<li class=\"menu__item\"><a class=\"menu__link\" href=\"/section/{i}\">Section {i}</a></li>")}}</ul></nav></header>
        <main id="content"><article class="story" itemscope itemtype="https://schema.org/NewsArticle"><h1 class="story__title">Talks resume in Geneva</h1>
        <div class="story__meta"><span class="byline">By <a href="/authors/jane-roe">Jane Roe</a></span> <time datetime="2026-03-01T09:30:00Z">1 March 2026, 9:30</time></div>
        <div class="story__body">{{Repeat(40, Paragraph)}}</div></article>
        <aside class="related">{{Repeat(60, Teaser)}}</aside><section class="comments">{{Repeat(40, i => $"<div class=\"comment\"><span class=\"comment__author\">Reader {i}</span><time datetime=\"2026-03-0{1 + i % 9}T10:00:00Z\">today</time><p>I have seen {i} of these meetings come and go.</p></div>")}}</section></main>
        <footer class="footer">{{Repeat(120, i => $"<div class=\"footer__cell\"><a href=\"/about/{i}\">About {i}</a></div>")}}<p>© 2026 The Gazette</p></footer></body></html>
        """;

    static string Repeat(int count, Func<int, string> part) => string.Concat(Enumerable.Range(1, count).Select(part));

    static string Paragraph(int i) => string.Create(CultureInfo.InvariantCulture, $"""
        <p class="story__paragraph">Delegations met for round {i} of the talks, and nobody spoke to the press when they left the hall. The agenda holds {i} points, “most of them old”,
        an official said, while <a href="/places/geneva">Geneva</a> waited for a word of what comes next. They are to meet again before the week is over.</p>

        """);

    static string Teaser(int i) => $"""
        <div class="card card--small"><a class="card__link" href="/2026/02/story-{i}"><img class="card__image" src="/images/{i}.jpg" alt="" width="320" height="180" loading="lazy">
        <h3 class="card__title">Another story of the day, number {i}, with a headline of its own</h3></a><span class="card__date">{1 + i % 28} February 2026</span></div>

        """;
}
