using System.Text.Json;

namespace Monitoring.Import;

/// <param name="Where">File, and the line where it has lines.</param>
/// <param name="Reason">In words.</param>
/// <param name="Field">What it is about, where the system says.</param>
public sealed record Problem(string Where, string Reason, string? Field)
{
    public override string ToString() => Printable($"{Where}: {Reason}{(Field is null ? "" : $" ({Field})")}");

    /// <summary>Names and problems come from outside: what they hold must not steer a terminal.</summary>
    public static string Printable(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
}

/// <summary>What became of it all, so far.</summary>
/// <param name="maxProblems">How many to remember; the others are only counted.</param>
/// <param name="report">Takes rejected lines as they were.</param>
public sealed class Tally(int maxProblems, Stream? report)
{
    readonly Lock gate = new();
    readonly SortedDictionary<string, long> counts = [];
    readonly List<Problem> problems = [];
    long bytes;

    public long Total { get; private set; }
    public long Rejected { get; private set; }
    public long Bytes => Interlocked.Read(ref bytes);

    public IReadOnlyList<Problem> Problems { get { lock (gate) return [.. problems]; } }
    public IReadOnlyDictionary<string, long> Counts { get { lock (gate) return new Dictionary<string, long>(counts); } }

    public void Read(int count) => Interlocked.Add(ref bytes, count);

    public void Count(string status)
    {
        lock (gate)
        {
            counts[status] = counts.GetValueOrDefault(status) + 1;
            Total++;
        }
    }

    /// <param name="problem">Why, and where.</param>
    /// <param name="line">What to keep for the report, without a line end.</param>
    public void Reject(Problem problem, byte[]? line = null)
    {
        lock (gate)
        {
            Total++;
            Rejected++;
            if (problems.Count < maxProblems) problems.Add(problem);
            if (line is null || report is null) return;
            report.Write(line);
            report.Write("\n"u8);
        }
    }

    /// <summary>The system's answer about one article or feed: counted, or rejected with its reason.</summary>
    public void Take(JsonElement answer, string where, byte[]? line = null)
    {
        var status = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("status", out var said) && said.ValueKind == JsonValueKind.String ? said.GetString()! : null;
        if (status is not null and not "rejected")
        {
            Count(status);
            return;
        }
        var problem = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("problem", out var inner) ? inner : answer;
        var field = problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty("field", out var name) ? name.GetString() : null;
        Reject(new Problem(where, (problem.ValueKind == JsonValueKind.String ? problem.GetString() : Api.Reason(problem)) ?? "no reason was given", field), line);
    }
}
