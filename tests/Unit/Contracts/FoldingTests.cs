using FsCheck.Xunit;
using Monitoring.Contracts;

namespace Tests.Unit;

public class FoldingTests
{
    [Theory]
    [InlineData("  Peace   Process ", "peace process")]
    [InlineData("Jan Lipavský", "jan lipavsky")]
    [InlineData("Coup d’État", "coup d'etat")]
    [InlineData("Österreich—Nachrichten", "osterreich-nachrichten")]
    public void Names_that_people_take_for_the_same_fold_alike(string name, string folded) => Assert.Equal(folded, Folding.Fold(name));

    [Property]
    public bool Folding_twice_changes_nothing(string? name)
    {
        if (name is null || name.Any(char.IsSurrogate)) return true;
        var folded = Folding.Fold(name);
        return Folding.Fold(folded) == folded;
    }
}
