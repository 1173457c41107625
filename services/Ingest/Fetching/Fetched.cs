using System.Net;

namespace Monitoring.Ingest.Fetching;

/// <summary>What tells a server which copy we hold. Kept byte for byte, and sent back so.</summary>
public sealed record Validators(string? ETag, string? LastModified)
{
    public static readonly Validators None = new(null, null);
}

/// <summary>What came of a request, answered or not.</summary>
public sealed record Fetched
{
    /// <summary>The address that answered, after redirects.</summary>
    public required Uri Address { get; init; }

    /// <summary>The new address for good: set where every redirect from the first on said so (301, 308).</summary>
    public Uri? MovedTo { get; init; }

    /// <summary>Absent where nothing answered.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>Why there is no body to read, in plain words; absent for 200 and 304.</summary>
    public string? Error { get; init; }

    /// <summary>Decoded (no Content-Encoding any more); empty for anything but 200.</summary>
    public byte[] Body { get; init; } = [];
    public string? ContentType { get; init; }
    public Validators Validators { get; init; } = Validators.None;

    /// <summary>Until when the server says its answer stays as it is: <c>Cache-Control: max-age</c>, else <c>Expires</c>.</summary>
    public DateTimeOffset? FreshUntil { get; init; }

    /// <summary>Before which the server does not want to be asked again (429, 503).</summary>
    public DateTimeOffset? RetryAfter { get; init; }

    public bool IsUnchanged => Status == HttpStatusCode.NotModified;
}
