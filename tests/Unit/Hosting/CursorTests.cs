using FsCheck.Xunit;
using Monitoring.Hosting;

namespace Tests.Unit;

public class CursorTests
{
    [Fact]
    public void A_cursor_is_read_as_it_was_written() => Assert.Equal(("2026-03-01T00:00:00Z", "id"), Cursor.Read(Cursor.Write("2026-03-01T00:00:00Z", "id")));

    [Property]
    public bool Whatever_else_someone_sends_is_a_problem_and_never_a_fault(string? text)
    {
        try
        {
            Cursor.Read(text);
            return true;
        }
        catch (ProblemException problem)
        {
            return problem is { Status: 400, Field: "cursor" };
        }
    }
}
