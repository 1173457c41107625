using System.Diagnostics.Metrics;
using Monitoring.Hosting;

namespace Monitoring.Ingest;

static class Metrics
{
    public static readonly Counter<long> Articles =
        Telemetry.Meter.CreateCounter<long>("monitoring.ingest.articles", "{article}", "Articles submitted, by what became of them.");

    public static readonly Counter<long> SourceAlarms =
        Telemetry.Meter.CreateCounter<long>("monitoring.ingest.source_alarms", "{alarm}", "Outlets that fell silent, flooded or recovered, by kind.");
}
