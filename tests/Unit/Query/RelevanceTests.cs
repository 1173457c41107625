using Monitoring.Query.Search;

namespace Tests.Unit.Query;

public class RelevanceTests
{
    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(7, 0.625)]
    [InlineData(14, 0.4375)]
    [InlineData(3650, 0.25)]
    [InlineData(-1, 1.0)]
    public void What_is_recent_counts_for_more_and_what_is_old_for_a_quarter(int days, double score) => Assert.Equal(score, Relevance.Score(1, TimeSpan.FromDays(days)), 4);
}
