namespace Monitoring.Enrichment.Topics;

/// <summary>
/// What a publisher files an article under: Media Topics codes and addresses, IPTC's older subject codes by their first two
/// digits, names of topics, and the usual names of sections in several languages (topic-tags.tsv). A path counts by its parts.
/// </summary>
public sealed class TopicTags
{
    /// <summary>An article has few; a feed that lists its whole vocabulary says nothing.</summary>
    const int MaxTags = 40;

    readonly TopicTree tree;
    readonly Dictionary<string, int> names = new(StringComparer.OrdinalIgnoreCase);

    public TopicTags(Knowledge knowledge, TopicTree tree)
    {
        this.tree = tree;
        for (var topic = 0; topic < tree.Count; topic++) names.TryAdd(tree.Name(topic), topic);
        foreach (var row in knowledge.Read("topic-tags.tsv", columns: 2)) names[row[0]] = tree.Index(row[1], "topic-tags.tsv");
    }

    /// <summary>The topics that the tags name, each once, in their order.</summary>
    public List<int> Find(IReadOnlyList<string> tags)
    {
        var topics = new List<int>();
        for (var i = 0; i < tags.Count && i < MaxTags; i++)
        {
            var tag = tags[i].AsSpan().Trim();
            if (TryCode(tag, out var topic) || names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(tag, out topic)) Add(topic);
            else
                foreach (var part in tag.SplitAny('/', '>', ';', '|', ':'))
                    if (names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(tag[part].Trim(), out topic)) Add(topic);
        }
        return topics;

        void Add(int topic)
        {
            if (!topics.Contains(topic)) topics.Add(topic);
        }
    }

    // medtop:20000073, http://cv.iptc.org/newscodes/mediatopic/20000073, subj:11024000, 15000000
    bool TryCode(ReadOnlySpan<char> tag, out int topic)
    {
        topic = -1;
        if (tag.Length < 8) return false;
        var digits = tag[^8..];
        if (digits.IndexOfAnyExceptInRange('0', '9') >= 0 || tag.Length > 8 && tag[^9] is not (':' or '/' or '_')) return false;
        return tree.TryIndex($"medtop:{digits}", out topic) || digits[0] != '2' && tree.TryIndex($"medtop:{digits[..2]}000000", out topic);
    }
}
