using System.Diagnostics;
using JasperFx.Events;

namespace Monitoring.Hosting;

/// <summary>The trace a stored event belongs to, kept as a header of the event.</summary>
public static class TraceParent
{
    const string Header = "traceparent";

    public static string? Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    public static IEvent WithTrace(this IEvent stored, string? traceParent)
    {
        if (traceParent is not null) stored.SetHeader(Header, traceParent);
        return stored;
    }

    public static string? Trace(this IEvent stored) => stored.GetHeader(Header)?.ToString();
}
