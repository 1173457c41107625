using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Monitoring.Hosting;

/// <summary>Something the caller can mend: answered as RFC 9457 problem details.</summary>
/// <param name="status">HTTP status, 4xx.</param>
/// <param name="detail">One sentence for a person: what is wrong and what was expected.</param>
/// <param name="field">The member, parameter or header it is about.</param>
public sealed class ProblemException(int status, string detail, string? field = null) : Exception(detail)
{
    public int Status { get; } = status;
    public string? Field { get; } = field;

    /// <summary>How long to wait before the next try.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public ProblemDetails ToProblem() => Problems.Create(Status, Message, Field);
}

public static partial class Problems
{
    public static ProblemDetails Create(int status, string detail, string? field = null)
    {
        var problem = new ProblemDetails { Status = status, Title = ReasonPhrases.GetReasonPhrase(status), Detail = detail };
        if (field is not null) problem.Extensions["field"] = field;
        return problem;
    }

    // ASP.NET says: Failed to bind parameter "Nullable<DateTimeOffset> from" from "yesterday".
    static ProblemDetails FromFramework(BadHttpRequestException bad)
    {
        if (bad.InnerException is JsonException json)
            return Create(400, $"Invalid JSON at line {json.LineNumber + 1}, column {json.BytePositionInLine + 1}.", json.Path?.TrimStart('$', '.'));
        return BindingFailure().Match(bad.Message) is { Success: true } failure
            ? Create(400, $"{failure.Groups["name"].Value} does not take '{failure.Groups["value"].Value}'.", failure.Groups["name"].Value)
            : Create(bad.StatusCode, bad.Message);
    }

    [GeneratedRegex("^Failed to bind parameter \"\\S+ (?<name>\\w+)\" from \"(?<value>.*)\"\\.$")]
    private static partial Regex BindingFailure();

    // ASP.NET does not take it for the caller's fault.
    [GeneratedRegex("request content type charset '(?<charset>.*)' is not a known encoding")]
    private static partial Regex UnknownCharset();

    internal static void AddProblems(this WebApplicationBuilder builder)
    {
        // So that what does not bind reaches the handler below with its reason.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        // What the framework refuses by itself, an address that is none for example, comes without a sentence.
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = context => context.ProblemDetails.Detail ??= context.ProblemDetails.Status switch
        {
            404 => "There is nothing at this address; /docs lists what there is.",
            405 => "The address does not take this method; Allow names those it takes.",
            415 => "The Content-Type is not one that is taken here; /docs lists them.",
            var status => $"The request was refused: {ReasonPhrases.GetReasonPhrase(status ?? 500)}.",
        });
        builder.Services.AddExceptionHandler<ProblemHandler>();
    }

    internal static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            SuppressDiagnosticsCallback = context => context.Exception is ProblemException or BadHttpRequestException,
        });
        app.UseStatusCodePages();
        // PostgreSQL's text holds any character but this one, and no parameter means anything by it.
        app.Use((http, next) => http.Request.Query.FirstOrDefault(parameter => parameter.Value.Any(value => value?.Contains('\0', StringComparison.Ordinal) == true)).Key is { } zero
            ? throw new ProblemException(400, $"{zero} must not contain the character zero.", zero) : next(http));
    }

    static readonly TimeSpan? Shortly = TimeSpan.FromSeconds(5);

    sealed class ProblemHandler(IProblemDetailsService problems) : IExceptionHandler
    {
        public ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancellation)
        {
            var problem = exception switch
            {
                ProblemException expected => expected.ToProblem(),
                BadHttpRequestException bad => FromFramework(bad),
                InvalidOperationException error when UnknownCharset().Match(error.Message) is { Success: true } unknown =>
                    Create(415, $"The charset {unknown.Groups["charset"].Value} is not known here; utf-8 is.", "Content-Type"),
                PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } => Create(400, "A parameter holds a zero character (U+0000), which no text here has."),
                PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } =>
                    Create(503, "The query took too long. Narrow it down, by a time range for example."),
                // Stopping, or a connection that went with its server; where the client itself went, nobody reads the answer.
                OperationCanceledException => Create(503, "The service is stopping. Try again shortly."),
                _ when Transient.Is(exception) => Create(503, "A part of the system is away for the moment. Try again shortly."),
                _ => Create(500, "An unexpected error; the log has it under this trace id."),
            };
            http.Response.StatusCode = problem.Status!.Value;
            // The framework clears all headers before it comes here, so what belongs to the problem is set now.
            var wait = (exception as ProblemException)?.RetryAfter ?? (problem.Status == 503 ? Shortly : null);
            if (wait is not null)
                http.Response.Headers.RetryAfter = Math.Ceiling(wait.Value.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            if (problem.Status == 401) http.Response.Headers.WWWAuthenticate = "Bearer realm=\"monitoring\"";
            return problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = http, ProblemDetails = problem, Exception = exception });
        }
    }
}
