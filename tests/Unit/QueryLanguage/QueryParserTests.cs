using FsCheck.Xunit;
using Monitoring.QueryLanguage;

namespace Tests.QueryLanguage;

public class QueryParserTests
{
    static string Printed(string query) => QueryPrinter.Print(QueryParser.Parse(query));

    [Theory]
    [InlineData("talks", "talks")]
    [InlineData("Peace Talks", "peace AND talks")]
    [InlineData("a AND b OR c NOT d", "a AND b OR c AND NOT d")]
    [InlineData("a && b || !c", "a AND b OR NOT c")]
    [InlineData("(a OR b) c", "(a OR b) AND c")]
    [InlineData("a (b (c d))", "a AND b AND c AND d")]
    [InlineData("+a -b", "a AND NOT b")]
    [InlineData("NOT NOT a", "a")]
    [InlineData("-(a b)", "NOT (a AND b)")]
    [InlineData("\"Peace Talks\"", "\"peace talks\"")]
    [InlineData("\"peace talks\"~5", "\"peace talks\"~5")]
    [InlineData("\"peace\"~5", "\"peace\"")]
    [InlineData("peace NEAR/3 talk*", "peace NEAR/3 talk*")]
    [InlineData("a NEAR/2 b NEAR/2 c d", "a NEAR/2 b NEAR/2 c AND d")]
    [InlineData("title:(a NEAR/2 b)", "title:(a NEAR/2 b)")]
    [InlineData("-a NEAR/2 b", "NOT a NEAR/2 b")]
    [InlineData("covid-19", "\"covid 19\"")]
    [InlineData("O'Brien's U.S. 1,000", "\"o brien\" AND us AND 1000")]
    [InlineData("東京", "\"東 京\"")]
    [InlineData("Überfall*", "uberfall*")]
    [InlineData("and or not", "and AND or AND not")]
    [InlineData("title:talks author:Doe body:\"peace talks\" quote:angry speaker:\"Jane Doe\"", "title:talks AND author:\"doe\" AND body:\"peace talks\" AND quote:angry AND speaker:\"jane doe\"")]
    [InlineData("topic:medtop:20000073", "topic:\"medtop:20000073\"")]
    [InlineData("topic:http://cv.iptc.org/newscodes/mediatopic/20000073", "topic:\"medtop:20000073\"")]
    [InlineData("topic:20000073", "topic:\"medtop:20000073\"")]
    [InlineData("entity:ent:wd:Q22686 org:(NATO OR \"European Union\") source:bbc.co.uk cites:\"NBC News\"", "entity:\"ent:wd:Q22686\" AND (org:\"NATO\" OR org:\"European Union\") AND source:\"bbc.co.uk\" AND cites:\"NBC News\"")]
    [InlineData("lang:EN", "lang:en")]
    [InlineData("language:en", "lang:en")]
    [InlineData("story:11111111-2222-3333-4444-555555555555", "story:11111111-2222-3333-4444-555555555555")]
    [InlineData("published:2025-04", "published:[2025-04 TO 2025-04]")]
    [InlineData("published:>=now-7d", "published:[now-7d TO *]")]
    [InlineData("received:<2025-04-04T09:30:00Z", "received:[* TO 2025-04-04T09:30:00Z}")]
    [InlineData("published:[2025-01-01 TO 2025-02-01}", "published:[2025-01-01 TO 2025-02-01}")]
    [InlineData("published:(>2025 AND <=now)", "published:{2025 TO *] AND published:[* TO now]")]
    [InlineData("\\(a\\)", "a")]
    [InlineData("\"say \\\"no\\\"\"", "\"say no\"")]
    [InlineData("AT\\&T", "\"at t\"")]
    [InlineData("", "*")]
    [InlineData("*:*", "*")]
    [InlineData("* NOT a", "* AND NOT a")]
    public void A_query_is_understood(string query, string printed) => Assert.Equal(printed, Printed(query));

    [Theory]
    [InlineData("(a b", 5, "')' is missing for the '(' at column 1")]
    [InlineData("a )", 3, "closes nothing")]
    [InlineData("a AND", 6, "expected")]
    [InlineData("AND a", 1, "operator")]
    [InlineData("a OR OR b", 6, "operator")]
    [InlineData("()", 1, "nothing between")]
    [InlineData("\"open", 6, "'\"' is missing")]
    [InlineData("sorce:bbc", 1, "Did you mean 'source'?")]
    [InlineData("http://example.org", 1, "quotation marks")]
    [InlineData("xyzzy:a", 1, "Fields are topic, entity")]
    [InlineData("title: a", 7, "value is missing")]
    [InlineData("a^2", 2, "weights")]
    [InlineData("roam~", 5, "similarity")]
    [InlineData("roam~0.8", 5, "similarity")]
    [InlineData("te?t", 3, "'?'")]
    [InlineData("te*t", 1, "only at the end")]
    [InlineData("t*", 1, "at least 2 letters")]
    [InlineData("*alks", 1, "only at the end")]
    [InlineData("/ab+/", 1, "regular expressions")]
    [InlineData("a NEAR b", 3, "NEAR needs a distance")]
    [InlineData("a NEAR/21 b", 3, "at most 20")]
    [InlineData("a NEAR/2 \"b c\"", 10, "single words")]
    [InlineData("a NEAR/2 title:b", 10, "of one field")]
    [InlineData("a NEAR/2 b NEAR/3 c", 12, "one distance")]
    [InlineData("\"a b\"~", 7, "number is missing")]
    [InlineData("\"a b\"~21", 7, "at most 20")]
    [InlineData("\"a b c d e f g h i\"~3", 1, "At most 8")]
    [InlineData("[a TO b]", 1, "ranges are for times")]
    [InlineData("published:[2025 TO 2024]", 11, "ends before")]
    [InlineData("published:[2025 2026]", 17, "TO is missing")]
    [InlineData("published:[2025 TO 2026", 24, "is missing for the range")]
    [InlineData("published:yesterday", 11, "a time is")]
    [InlineData("published:2025-13", 11, "a time is")]
    [InlineData("published:now-7x", 11, "a time is")]
    [InlineData("topic:pea*", 7, "whole name")]
    [InlineData("lang:english", 6, "ISO 639")]
    [InlineData("story:one", 7, "UUID")]
    [InlineData("—", 1, "no letter or digit")]
    [InlineData("a\0b", 2, "is none")]
    [InlineData("a\\", 2, "missing behind")]
    public void What_is_wrong_is_said_with_its_column(string query, int column, string reason)
    {
        var wrong = Assert.Throws<QuerySyntaxException>(() => QueryParser.Parse(query));
        Assert.Contains(reason, wrong.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(column, wrong.Column);
    }

    [Fact]
    public void A_query_is_bounded()
    {
        Assert.Throws<QuerySyntaxException>(() => QueryParser.Parse("a\ud800b"));
        Assert.Throws<QuerySyntaxException>(() => QueryParser.Parse(new string('a', 4001)));
        Assert.Throws<QuerySyntaxException>(() => QueryParser.Parse(string.Join(' ', Enumerable.Range(0, 65))));
        QueryParser.Parse(string.Join(' ', Enumerable.Range(0, 64)));
        Assert.Throws<QuerySyntaxException>(() => QueryParser.Parse(new string('(', 1000) + "a" + new string(')', 1000)));
        Assert.Throws<QuerySyntaxException>(() => QueryParser.Parse(string.Concat(Enumerable.Repeat("NOT ", 900)) + "a"));
        Assert.Throws<QuerySyntaxException>(() => QueryParser.Parse(string.Join(' ', Enumerable.Range(10, 9).Select(i => $"{i}*"))));
        Assert.Throws<QuerySyntaxException>(() => QueryParser.Parse($"\"{string.Join(' ', Enumerable.Range(0, 33))}\""));
    }

    [Property(MaxTest = 2000)]
    public void What_is_printed_reads_back_as_the_same_query(int seed)
    {
        var query = Generated.NewQuery(new Random(seed));
        var printed = QueryPrinter.Print(query);
        Assert.Equal((printed, query), (printed, QueryParser.Parse(printed)));
        Assert.NotEmpty(QueryDescription.InWords(query));
    }

    [Property(MaxTest = 2000)]
    public void Whatever_is_written_is_a_query_or_a_syntax_error(int seed)
    {
        const string Letters = "ab \"()[]{}:*?~^\\/+-!&|<>0159TOANDNOTNEAR,.'東ü\u0301\ud83d\ude00\ud800\0";
        var random = new Random(seed);
        var text = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => random.Next(5) == 0 ? new[] { "title:", "published:", "NEAR/3 ", "topic:", "AND ", "NOT " }[random.Next(6)] : Letters[random.Next(Letters.Length)].ToString()));
        try
        {
            var query = QueryParser.Parse(text);
            Assert.Equal(query, QueryParser.Parse(QueryPrinter.Print(query)));
        }
        catch (QuerySyntaxException wrong)
        {
            Assert.InRange(wrong.Column, 1, text.Length + 1);
        }
    }

    [Theory]
    [InlineData("talks topic:\"peace process\" published:>=now-7d NOT source:x.example",
        "articles that have a form of “talks”, and are on the topic “peace process”, and were published from now-7d on, and do not meet this: are from the source “x.example”")]
    [InlineData("title:\"peace talks\" OR speak*", "articles that have in the title the phrase “peace talks”, or have a word that begins with “speak”")]
    [InlineData("", "every article")]
    public void A_query_can_be_said_in_words(string query, string words) => Assert.Equal(words, QueryDescription.InWords(QueryParser.Parse(query)));
}
