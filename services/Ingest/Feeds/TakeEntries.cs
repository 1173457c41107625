using System.Collections.Concurrent;
using System.Net;
using Monitoring.Hosting;
using Monitoring.Ingest.Articles;
using Monitoring.Ingest.Feeds.Parsing;
using Monitoring.Ingest.Fetching;
using Monitoring.Ingest.Formats;
using Monitoring.Ingest.Pages;

namespace Monitoring.Ingest.Feeds;

/// <summary>From the entries of an answer to articles: those that are new or changed, completed from their pages where they are teasers.</summary>
public sealed class TakeEntries(EntryStore entries, Submit submit, Fetcher fetcher, TimeProvider time, ILogger<TakeEntries> log)
{
    /// <summary>Pages fetched for one answer. The rest waits for the next poll, a minute later.</summary>
    const int MaxPages = 30;

    const int MaxPageAttempts = 3, MaxRejections = 10, AtATime = 8;

    /// <param name="feed">Whose they are.</param>
    /// <param name="document">The answer.</param>
    /// <param name="via"><see cref="Discovery.Feed"/> where polled, <see cref="Discovery.Hub"/> where its hub brought it.</param>
    /// <param name="cancellation">Ends it; what is taken by then stays taken.</param>
    public async Task<TakenEntries> TakeAsync(Feed feed, FeedDocument document, string via, CancellationToken cancellation)
    {
        var all = document.Entries.Select(FeedEntry.From).DistinctBy(entry => entry.Key).ToArray();
        var changed = await entries.ChangedAsync(feed.Id, all, time.GetUtcNow(), cancellation);
        // Feeds have the newest first; news is taken in as it happened.
        var shared = document.Entries.Where(entry => entry.Link is not null).CountBy(entry => entry.Link!).Where(link => link.Value > 1).Select(link => link.Key).ToHashSet();
        var articles = changed.Reverse().Select(entry => (Entry: entry, Article: EntryArticle.From(entry.Entry, document.Feed, feed.Settings) with
        {
            // Episodes and notices that all lead to the same page are told apart by their ids.
            SharedUrl = entry.Entry.Link is { } link && shared.Contains(link),
        })).ToArray();
        var plain = articles.Where(article => !NeedsPage(feed.Settings, article.Article)).ToArray();
        var teasers = articles.Where(article => NeedsPage(feed.Settings, article.Article)).ToArray();

        var taken = new ConcurrentBag<Taken>();
        await Parallel.ForEachAsync(plain.Concat(teasers.Take(MaxPages)), new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellation },
            async (article, token) => taken.Add(await TakeAsync(feed, article.Entry, article.Article, via, token)));
        await entries.SaveAsync(feed.Id, [.. taken.Select(one => one.Entry)], time.GetUtcNow(), cancellation);
        return new TakenEntries(
            Count(taken, unchanged: all.Length - changed.Count),
            [.. taken.Select(one => one.Rejection).OfType<string>().Take(MaxRejections)],
            Left: Math.Max(0, teasers.Length - MaxPages),
            Incomplete: taken.Count(one => one.Entry.Hash == Guid.Empty));
    }

    /// <param name="Entry">As it is to be remembered.</param>
    /// <param name="Status">Absent where it was rejected.</param>
    /// <param name="Rejection">Why.</param>
    sealed record Taken(FeedEntry Entry, ArticleStatus? Status, string? Rejection = null);

    static bool NeedsPage(FeedSettings settings, Submission article) => article.Url is not null && settings.Completion switch
    {
        Completion.Never => false,
        Completion.Always => true,
        _ => EntryArticle.IsTeaser(article),
    };

    async Task<Taken> TakeAsync(Feed feed, FeedEntry entry, Submission article, string via, CancellationToken cancellation)
    {
        var complete = true;
        if (NeedsPage(feed.Settings, article)) (article, complete) = await CompleteAsync(article, cancellation);
        if (!complete) entry = entry with { Attempts = entry.Attempts + 1 };
        // Without its hash it counts as changed at the next poll, and its page is tried again.
        var remembered = complete || entry.Attempts >= MaxPageAttempts ? entry : entry with { Hash = Guid.Empty };
        try
        {
            article = article with { IsTeaser = EntryArticle.IsTeaser(article) };
            var command = submit.Prepare(article, Caller.Everyone, restore: false, new Discovery(via, feed.Id, entry.Entry.Link));
            return new Taken(remembered, (await submit.CommitAsync(command, cancellation)).Status);
        }
        catch (ProblemException problem)
        {
            log.LogInformation("Entry of feed {Feed} was not taken in: {Reason}", feed.Id, problem.Message);
            return new Taken(remembered, null, $"{entry.Entry.Id ?? entry.Entry.Link ?? "an entry"}: {problem.Message}");
        }
    }

    async Task<(Submission Article, bool Complete)> CompleteAsync(Submission article, CancellationToken cancellation)
    {
        var fetched = await fetcher.GetAsync(new Uri(article.Url!), ExtractPage.Accept, null, cancellation);
        if (fetched.Status != HttpStatusCode.OK || fetched.Error is not null)
        {
            log.LogInformation("Page {Url} could not be fetched: {Reason}", article.Url, fetched.Error);
            // What is forbidden, not found or no address to fetch will be so the next time.
            return (article, Complete: (int?)fetched.Status is >= 400 and < 500 and not (408 or 425 or 429));
        }
        return fetched.ContentType is null || ExtractPage.IsHtml(fetched.ContentType)
            ? (EntryArticle.With(article, PageExtractor.Extract(fetched.Body, fetched.ContentType, fetched.Address.AbsoluteUri, time.GetUtcNow()), fetched.Address.AbsoluteUri), true)
            : (article, true);
    }

    static EntryCounts Count(IReadOnlyCollection<Taken> taken, int unchanged) => new(
        Received: taken.Count(one => one.Status == ArticleStatus.Received),
        Known: taken.Count(one => one.Status == ArticleStatus.Unchanged && !one.Entry.Seen),
        Revised: taken.Count(one => one.Status == ArticleStatus.Revised),
        Unchanged: unchanged + taken.Count(one => one.Status == ArticleStatus.Unchanged && one.Entry.Seen),
        Rejected: taken.Count(one => one.Status is null));
}
