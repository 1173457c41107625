using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Threading.Channels;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Monitoring.Hosting;
using Monitoring.Ingest.Formats;

namespace Monitoring.Ingest.Articles;

/// <param name="Line">Line of the upload, from 1.</param>
/// <param name="Status">received, unchanged, revised or rejected.</param>
/// <param name="Id">The article, unless rejected.</param>
/// <param name="Revision">Its revision, unless rejected.</param>
/// <param name="Problem">Why it was rejected.</param>
/// <param name="Warnings">What was ignored, if anything was.</param>
public sealed record LineResult(int Line, string Status, Guid? Id = null, int? Revision = null, ProblemDetails? Problem = null, IReadOnlyList<string>? Warnings = null);

/// <summary>
/// <c>POST /api/articles</c> with NDJSON of any length: a result for each line, in order, while the upload still runs. Three
/// steps run side by side: lines are read and submitted, their results awaited in order, and sent. A client that reads only at
/// the end does not hold the upload up, because results wait for it on disk; what is in work at a time is bounded.
/// </summary>
public static class PostArticleStream
{
    public static readonly string[] MediaTypes = ["application/x-ndjson", "application/ndjson", "application/jsonl"];

    const int MaxLinesInWork = 1_000;
    const int MaxKilobytesInWork = 16 * 1024;

    public static async Task<IResult> HandleAsync(HttpContext http, Submit submit, bool restore, ILogger log, CancellationToken stopping)
    {
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        var cancellation = ending.Token;

        http.Response.ContentType = MediaTypes[0];
        await http.Response.StartAsync(cancellation);
        await using var spool = new ResultSpool();
        using var memory = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = MaxKilobytesInWork, QueueLimit = int.MaxValue });
        var inWork = Channel.CreateBounded<Task<LineResult>>(MaxLinesInWork);
        var caller = Caller.From(http.User);

        Task[] steps =
        [
            ReadAsync(http.Request.BodyReader, memory, line => SubmitAsync(line, submit, caller, restore, log, cancellation), inWork.Writer, cancellation),
            AnswerAsync(inWork.Reader, spool, cancellation),
            spool.CopyToAsync(http.Response.BodyWriter, cancellation),
        ];
        await foreach (var step in Task.WhenEach(steps))
            if (!step.IsCompletedSuccessfully) await ending.CancelAsync();
        await Task.WhenAll(steps);
        return Results.Empty;
    }

    static async Task ReadAsync(
        PipeReader body, ConcurrencyLimiter memory, Func<NdjsonLine, Task<LineResult>> submit,
        ChannelWriter<Task<LineResult>> results, CancellationToken cancellation)
    {
        await foreach (var line in NdjsonLines.ReadAsync(body, PostArticle.MaxBytes, cancellation))
        {
            var lease = await memory.AcquireAsync((line.Bytes?.Length ?? 0) / 1024, cancellation);
            await results.WriteAsync(ReleaseAfter(submit(line), lease), cancellation);
        }
        results.Complete();
    }

    static async Task<LineResult> ReleaseAfter(Task<LineResult> result, RateLimitLease lease)
    {
        using (lease) return await result;
    }

    static async Task<LineResult> SubmitAsync(
        NdjsonLine line, Submit submit, Caller caller, bool restore, ILogger log, CancellationToken cancellation)
    {
        try
        {
            if (line.Bytes is null) throw new ProblemException(413, $"The line is longer than {PostArticle.MaxBytes} bytes.");
            var submission = ArticleJson.Read(line.Bytes, line.Number);
            var decision = await submit.CommitAsync(submit.Prepare(submission, caller, restore), cancellation);
            return new LineResult(line.Number, Json.Name(decision.Status), decision.Head!.Id, decision.Head.Revision,
                Warnings: submission.Warnings.Count > 0 ? submission.Warnings : null);
        }
        catch (ProblemException problem)
        {
            return Rejected(line, problem.ToProblem());
        }
        // Not kept, so it must not look as if it were; the lines after it may fare better.
        catch (Exception fault) when (Transient.Is(fault))
        {
            return Rejected(line, Problems.Create(503, "The database is away for the moment. Send this line again."));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "Line {Line} of an upload could not be taken in", line.Number);
            return Rejected(line, Problems.Create(500, "An unexpected error; the log has it."));
        }
    }

    static LineResult Rejected(NdjsonLine line, ProblemDetails problem)
    {
        Metrics.Articles.Add(1, new KeyValuePair<string, object?>("status", "rejected"));
        return new LineResult(line.Number, "rejected", Problem: problem);
    }

    static async Task AnswerAsync(ChannelReader<Task<LineResult>> results, ResultSpool spool, CancellationToken cancellation)
    {
        try
        {
            var buffer = new ArrayBufferWriter<byte>(4096);
            await foreach (var result in results.ReadAllAsync(cancellation))
            {
                using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Json.Options.Encoder }))
                    JsonSerializer.Serialize(json, await result, Json.Options);
                buffer.Write("\n"u8);
                // Results that are ready together are written together.
                if (results.TryPeek(out var next) && next.IsCompleted && buffer.WrittenCount < 64 * 1024) continue;
                spool.Write(buffer.WrittenSpan);
                buffer.ResetWrittenCount();
            }
            spool.Write(buffer.WrittenSpan);
        }
        finally
        {
            spool.Complete();
        }
    }
}
