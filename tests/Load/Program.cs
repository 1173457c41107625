using System.CommandLine;
using System.Globalization;
using Tests.Load;
using Tests.Load.Search;

// Measures a running system from outside; deploy/bench starts one for it.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var address = new Option<string>("--address") { Description = "The gateway's address.", Required = true };
var key = new Option<string>("--key") { Description = "A key with the scopes ingest, query, alerts and admin.", Required = true };
var receiver = new Option<int>("--receiver") { Description = "Port on 127.0.0.1 for webhooks, allowed by deploy/up --allow.", Required = true };
var pids = new Option<DirectoryInfo?>("--pids") { Description = "Folder with the pid files of the services, for memory and processor time." };
var lines = new Option<int>("--lines") { Description = "Articles to stream in.", DefaultValueFactory = _ => 20_000 };
var seeds = new Option<FileInfo[]>("--seed") { Description = "Plain-text articles to post first, on the cold system." };

var command = new RootCommand("Latency and throughput of a running system.") { address, key, receiver, pids, lines, seeds, SearchCommand.Create(address, key) };
command.SetAction(async (arguments, cancellation) =>
{
    using var system = new RunningSystem(new Uri(arguments.GetRequiredValue(address)), arguments.GetRequiredValue(key), arguments.GetValue(pids));
    await Latency.MeasureAsync(system, arguments.GetRequiredValue(receiver), arguments.GetValue(seeds) ?? [], cancellation);
    await Throughput.MeasureAsync(system, arguments.GetRequiredValue(lines), cancellation);
    await Queries.MeasureAsync(system, cancellation);
});
return await command.Parse(args).InvokeAsync();
