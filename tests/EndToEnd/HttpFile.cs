using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tests.EndToEnd;

/// <param name="Title">What stands after ###.</param>
/// <param name="Name">Of <c># @name</c>: other calls refer to its answer by it.</param>
/// <param name="Method">GET, POST, …</param>
/// <param name="Address">With its variables.</param>
/// <param name="Headers">With their variables.</param>
/// <param name="Body">What stands after the empty line.</param>
sealed record HttpCall(string Title, string? Name, string Method, string Address, IReadOnlyList<(string Name, string Value)> Headers, string? Body)
{
    /// <summary>Without the variable of the address and without the query.</summary>
    public string Path => Address.Replace("{{address}}", "", StringComparison.Ordinal).Split('?')[0];
}

/// <summary>A .http file as Visual Studio, VS Code and JetBrains read it: variables, calls separated by ###, answers of named calls as variables.</summary>
sealed partial class HttpFile
{
    readonly Dictionary<string, JsonNode?> answers = [];

    public Dictionary<string, string> Variables { get; } = [];
    public IReadOnlyList<HttpCall> Calls { get; }

    public HttpFile(string text)
    {
        var blocks = Separator().Split(text);
        foreach (Match variable in Variable().Matches(text)) Variables[variable.Groups["name"].Value] = variable.Groups["value"].Value;
        Calls = [.. blocks.Skip(1).Select(Call)];
    }

    static HttpCall Call(string block)
    {
        var lines = block.Split('\n');
        var name = lines.Select(line => NameOf().Match(line)).FirstOrDefault(match => match.Success)?.Groups["name"].Value;
        var first = Array.FindIndex(lines, 1, line => line.Length > 0 && line[0] is not ('#' or '@'));
        var request = lines[first].Split(' ', 2);
        var headers = lines.Skip(first + 1).TakeWhile(line => line.Length > 0).ToList();
        var body = string.Join('\n', lines.Skip(first + 2 + headers.Count)).Trim();
        return new HttpCall(lines[0].Trim(), name, request[0], request[1].Trim(), [.. headers.Select(header => (header.Split(':', 2)[0], header.Split(':', 2)[1].Trim()))], body.Length > 0 ? body : null);
    }

    public void Remember(HttpCall call, JsonNode? answer)
    {
        if (call.Name is not null) answers[call.Name] = answer;
    }

    /// <summary>The calls whose answers a call refers to.</summary>
    public IEnumerable<HttpCall> Needs(HttpCall call) => Reference().Matches($"{call.Address}\n{call.Body}").Select(match => match.Groups["call"].Value)
        .Where(name => name.Length > 0).Distinct().Select(name => Calls.Single(other => other.Name == name));

    /// <summary>The request, its variables filled in; null where an answer it refers to does not hold what it needs yet.</summary>
    public HttpRequestMessage? Request(HttpCall call)
    {
        if (Fill(call.Address) is not { } address || Fill(call.Body ?? "") is not { } body) return null;
        var request = new HttpRequestMessage(new HttpMethod(call.Method), address) { Content = call.Body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        foreach (var (name, value) in call.Headers)
            if (!request.Headers.TryAddWithoutValidation(name, Fill(value))) request.Content!.Headers.TryAddWithoutValidation(name, Fill(value));
        return request;
    }

    string? Fill(string text)
    {
        var complete = true;
        var filled = Reference().Replace(text, match =>
        {
            var value = match.Groups["call"] is { Length: > 0 } call ? At(answers.GetValueOrDefault(call.Value), match.Groups["path"].Value) : Variables[match.Groups["name"].Value];
            complete &= value is not null;
            return value ?? "";
        });
        return complete ? filled : null;
    }

    // A path of members and indices, $.items[0].id, which is all of JSONPath that is needed.
    static string? At(JsonNode? answer, string path)
    {
        foreach (Match step in Step().Matches(path))
            answer = answer is JsonArray items ? items.ElementAtOrDefault(int.TryParse(step.Value, out var index) ? index : -1) : (answer as JsonObject)?[step.Value];
        return answer?.ToString();
    }

    [GeneratedRegex("^###", RegexOptions.Multiline)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^@(?<name>\w+)\s*=\s*(?<value>.*?)\s*$", RegexOptions.Multiline)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^# @name (?<name>\w+)$")]
    private static partial Regex NameOf();

    [GeneratedRegex(@"\{\{((?<call>\w+)\.response\.body\.\$(?<path>[^}]+)|(?<name>\w+))\}\}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Step();
}
