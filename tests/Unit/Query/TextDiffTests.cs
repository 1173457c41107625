using System.Diagnostics;
using FsCheck.Xunit;
using Monitoring.Query.Articles;

namespace Tests.Unit.Query;

public class TextDiffTests
{
    static string Show(TextChange change) => string.Concat(change.Spans.Select(span => span.Op switch
    {
        DiffOp.Insert => $"{{+{span.Text}+}}",
        DiffOp.Delete => $"[-{span.Text}-]",
        _ => span.Text,
    }));

    static string Side(TextChange change, DiffOp other) => string.Concat(change.Spans.Where(span => span.Op != other).Select(span => span.Text));

    [Theory]
    [InlineData("Two people were hurt.", "Three people were hurt.", "[-Two-]{+Three+} people were hurt.")]
    [InlineData("Talks ended.", "Talks ended without a result.", "Talks ended{+ without a result+}.")]
    [InlineData("a b c d e", "a x c y e", "a [-b-]{+x+} c [-d-]{+y+} e")]
    [InlineData("same", "same", "same")]
    [InlineData("", "new", "{+new+}")]
    [InlineData("old", "", "[-old-]")]
    [InlineData("a a", "a a a", "a a{+ a+}")]
    [InlineData("Ответ 😀 да", "Ответ 😁 да", "Ответ [-😀-]{+😁+} да")]
    public void Words_that_changed_are_told(string earlier, string later, string expected) => Assert.Equal(expected, Show(TextDiff.Between(earlier, later)));

    [Property(MaxTest = 1000)]
    public bool Both_texts_can_be_read_from_what_changed(string[] words, int seed)
    {
        var random = new Random(seed);
        var later = words.Where(_ => random.Next(4) > 0).Concat(words.Where(_ => random.Next(4) == 0));
        var (from, to) = (string.Join(' ', words), string.Join(' ', later));
        var change = TextDiff.Between(from, to);
        return (Side(change, DiffOp.Insert), Side(change, DiffOp.Delete)) == (from, to)
            && change.Spans.Zip(change.Spans.Skip(1)).All(pair => pair.First.Op != pair.Second.Op) && change.Spans.All(span => span.Text.Length > 0);
    }

    static string Text(int seed, int words, string separator)
    {
        var random = new Random(seed);
        return string.Join(separator, Enumerable.Range(0, words).Select(_ => $"w{random.Next(5000)}"));
    }

    [Theory]
    [InlineData(2_000, " ", "word")]
    [InlineData(190_000, " ", "line")]
    [InlineData(4_000, "\n", "line")]
    [InlineData(190_000, "\n", "text")]
    public void The_longest_bodies_are_compared_in_a_unit_that_they_allow(int words, string separator, string unit)
    {
        var (from, to) = (Text(1, words, separator), Text(2, words, separator));
        var clock = Stopwatch.StartNew();
        var change = TextDiff.Between(from, to);
        // All four take less than a second together, on a machine that has nothing else to do.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}");
        Assert.Equal((unit, from, to), (change.Unit, Side(change, DiffOp.Insert), Side(change, DiffOp.Delete)));
    }

    [Fact]
    public void A_word_changed_in_a_long_text_is_told_as_a_word()
    {
        var text = Text(3, 190_000, " ");
        var change = TextDiff.Between($"{text} hurt {text}", $"{text} killed {text}");
        Assert.Equal(("word", 4, "hurt", "killed"), (change.Unit, change.Spans.Count, change.Spans[1].Text, change.Spans[2].Text));
    }
}
