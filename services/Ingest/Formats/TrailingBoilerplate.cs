using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Formats;

/// <summary>
/// What stands under an article and is none of it: credits, end marks, copyright, buttons to share, signatures of mails. Taken
/// off line by line from the end, and only while whole lines are nothing else, so that no sentence of news is ever lost.
/// </summary>
public static partial class TrailingBoilerplate
{
    const int MaxLine = 250, MaxSignature = 8;

    /// <summary>Shortens the lines; the first that says anything always stays.</summary>
    /// <returns>The host that a credit names as the original's.</returns>
    public static string? Remove(List<string> lines)
    {
        string? host = null;
        var first = lines.FindIndex(line => !string.IsNullOrWhiteSpace(line));
        RemoveSignature(lines, first);
        while (lines.Count > first + 1)
        {
            var line = lines[^1].Trim().Trim('*', '_').Trim();
            if (line.Length > 0 && Credit(line) is { } named) host ??= named.Length > 0 ? named : null;
            else if (line.Length > 0 && !(line.Length <= MaxLine && Furniture().IsMatch(line)) && !EndMark().IsMatch(line)) break;
            lines.RemoveAt(lines.Count - 1);
        }
        // Glued to the last sentence.
        if (lines.Count > 0 && ReadMoreAt().Match(lines[^1][^Math.Min(lines[^1].Length, MaxLine)..]) is { Success: true } credit && credit.Length < lines[^1].Trim().Length)
        {
            host ??= HostOf(credit);
            lines[^1] = lines[^1][..^credit.Length].TrimEnd();
        }
        return host;
    }

    // Usenet's delimiter, and no more below it than a signature has.
    static void RemoveSignature(List<string> lines, int first)
    {
        var delimiter = lines.FindLastIndex(line => line.TrimEnd() == "--");
        if (delimiter > first && lines.Count - delimiter - 1 <= MaxSignature && lines.Skip(delimiter).All(line => line.Length <= Reflow.ParagraphColumns))
            lines.RemoveRange(delimiter, lines.Count - delimiter);
    }

    /// <returns>Null where the line is no credit; empty where it names no outlet.</returns>
    static string? Credit(string line)
    {
        if (line.Length > MaxLine) return null;
        foreach (var form in (Regex[])[ReadMoreAt(), FullStory(), SourceLine(), Originally()])
            if (form.Match(line) is { Success: true } match && match.Index == 0) return HostOf(match) ?? "";
        return null;
    }

    // A shortened link says nothing about where it leads.
    static string? HostOf(Match credit) => HeadOfText.Host(credit.Groups["host"].Value) is { } host && !Shortener().IsMatch(host) ? host : null;

    const string Host = @"(?:https?://)?(?<host>(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*[a-z0-9])(?:[/?#]\S*)?";

    [GeneratedRegex(@"\bread (?:more|full (?:story|article))\s*@\s*" + Host + @"[.)\]]*\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ReadMoreAt();

    [GeneratedRegex(@"^[>→»\[(\s]*(?:(?:click (?:here )?to )?(?:read|see|view|continue reading|continue)(?: (?:on|more|the (?:full|whole|entire|complete|original|rest of (?:the|this)) ?(?:story|article|post|report|piece|text)?|full (?:story|article|report)|(?:this|the) (?:story|article)|original (?:story|article)))*|(?:full|original|complete) (?:story|article|report|text)|more|link|via|original)(?: (?:here|at|on|from|in|via))*\s*[:@→»-]?\s*" + Host + @"[.)\]]*\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FullStory();

    [GeneratedRegex(@"^[(\[]?\s*(?:source|quelle|fuente|fonte)(?: ?url| link)?\s*:\s*" + Host + @"[.)\]]*\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SourceLine();

    [GeneratedRegex(@"^[(\[]?\s*(?:(?:this|the) (?:article|story|post|report|piece|text|column) )?(?:was |has been |is )?(?:(?:originally|first|initially) (?:published|posted|appeared|reported)|republished|reposted|syndicated)(?: (?:here|there))?(?: (?:at|on|in|by|from))?\s*:?\s*(?:the )?" + Host + @"[.)\]]*\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Originally();

    [GeneratedRegex(@"^(?:#{3,}|#(?: #)+|[-–—/(\[\s]*30[-–—/)\]\s]*(?<=\D)|[-–—/(\[*\s]*(?:ENDS?|Ends)[-–—/)\].*\s]*|\*{3}|\*(?: \*)+|[-–—_=]{3,})$")]
    private static partial Regex EndMark();

    [GeneratedRegex(@"^(?:t\.co|bit\.ly|goo\.gl|ow\.ly|buff\.ly|dlvr\.it|tinyurl\.com|is\.gd|lnkd\.in|trib\.al|fb\.me|ift\.tt|rebrand\.ly|youtu\.be)$", RegexOptions.CultureInvariant)]
    private static partial Regex Shortener();

    const string Network = @"(?:Facebook|Twitter|X \(Twitter\)|LinkedIn|WhatsApp|Telegram|Reddit|Pinterest|Instagram|YouTube|TikTok|Threads|Bluesky|Mastodon|Tumblr|Flipboard|E-?mail|Print|Copy link|Messenger)";

    [GeneratedRegex(
        // ©
        @"^(?:©.*|\(c\)\s*(?:copyright\b|(?:19|20)\d\d\b).*|copyright\s*(?:©|\(c\)|:)?\s*(?:19|20)\d\d\b.*|(?:19|20)\d\d\s*©.*|.{0,120}\ball rights (?:are )?reserved\.?(?: .*)?|this material may not be published, broadcast, rewritten.*" +
        // Mail programs and newsletters.
        @"|sent from my (?:\w+ ?){1,4}\.?|sent from (?:outlook|yahoo mail|mail) (?:for|on|fr).*|get outlook for \w+.*|(?:von meinem|envoyé de mon|enviado desde mi|inviato da) i(?:phone|pad)(?: gesendet)?" +
        @"|(?:click here to |to )?unsubscribe(?:$|\s*[:|<(•].*| (?:here|from this|from our|from these|at any time|click|please|or manage)\b.*)|.{0,80}\b(?:manage|update|change) your (?:email |e-mail |subscription |newsletter )*preferences\b.*" +
        @"|(?:you(?:'|’)re|you are) receiving this (?:e-?mail|newsletter|message) because\b.*|if you no longer wish to receive\b.*|view (?:this )?(?:e-?mail |message |newsletter )?(?:in|it in) your (?:web )?browser.*" +
        @"|(?:subscribe|sign up) (?:to|for) (?:our|the|my) (?:\w+ ){0,4}newsletters?\b[^.]*[.!]?" +
        // Buttons.
        @"|share (?:this|on)(?: (?:article|story|post|page|news))?\s*:?|share (?:this(?: (?:article|story|post))?|on|via|to):? " + Network + @".*|share:? *(?:" + Network + @"[\s,|•·/]*)*|" + Network + @"(?:[\s,|•·/]+(?:" + Network + @"|X))*" +
        @"|follow us(?: (?:on|at|@|here)\b.*|\s*:.*|[.!])?|follow (?:@\w+|me|our|\w+(?: \w+){0,3}) on (?:" + Network + @"|X)\b.{0,60}|like this:|like loading\.*|loading\.{3}|advertisements?|leave a (?:comment|reply)|related (?:articles|stories|posts|news):?|read next:?|print this (?:page|article))$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Furniture();
}
