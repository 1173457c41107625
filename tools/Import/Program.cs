using System.CommandLine;
using System.Globalization;
using System.Text;
using Monitoring.Import;

// Streams files, folders, NDJSON, OPML or a feed's address into a running system; deploy/import finds the system for it.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

var what = new Argument<string[]>("PATH|URL|-") { Arity = ArgumentArity.OneOrMore, Description = $"A file, a folder with all below it, the address of a feed or a page, or - for standard input. Files by their ending: {Entries.Known}, and .gz of each." };
var type = new Option<string?>("--type") { Description = "What standard input or a file without such an ending holds; NDJSON where not said." };
type.AcceptOnlyFromAmong([.. Entries.Types]);
var source = new Option<string?>("--source") { Description = "Domain or name of the outlet, for texts and pages that name none." };
var url = new Option<string?>("--url") { Description = "Address of the article, for one text or page that names none." };
var charset = new Option<string?>("--charset") { Description = "Of texts that are not UTF-8, windows-1252 for example." };
var errors = new Option<string>("--errors") { Description = "How many problems to list, or all.", DefaultValueFactory = _ => "20" };
errors.Validators.Add(result => { if (Limit(result.GetValueOrDefault<string>()) is null) result.AddError("--errors takes a number or all."); });
var report = new Option<FileInfo?>("--report") { Description = "File for every rejected line, as NDJSON: mend it and import it again." };
var address = new Option<Uri?>("--address") { Description = "The gateway of another system than the one running here (or MONITORING_ADDRESS). Its key comes from --key-file or MONITORING_KEY.", CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : Fail(result) };
var keyFile = new Option<FileInfo?>("--key-file") { Description = "File that holds the key. There is no option for the key itself: everyone on a machine can read command lines." };

var command = new RootCommand("""
    Imports articles and feeds into a running system.

    Importing the same again does no harm: what is known already counts as unchanged. So an import that was interrupted is resumed by running it once more.
    Ends with 0 when nothing was rejected, 1 when something was, 2 when it could not be done, 130 when interrupted.
    """) { what, type, source, url, charset, errors, report, address, keyFile };

command.SetAction(async (arguments, cancellation) =>
{
    try
    {
        var options = new ImportOptions(arguments.GetRequiredValue(what), arguments.GetValue(type), arguments.GetValue(source), arguments.GetValue(url), arguments.GetValue(charset), arguments.GetValue(report));
        var key = arguments.GetValue(keyFile) is { } file ? await File.ReadAllTextAsync(file.FullName, cancellation) : Environment.GetEnvironmentVariable("MONITORING_KEY");
        var at = arguments.GetValue(address) ?? (Uri.TryCreate(Environment.GetEnvironmentVariable("MONITORING_ADDRESS"), UriKind.Absolute, out var uri) ? uri : null);
        if (at is null) throw new ImportException("No system was ever started here; deploy/up starts one, or name another by --address.");
        if (string.IsNullOrWhiteSpace(key)) throw new ImportException("A key is needed: MONITORING_KEY or --key-file.");
        using var api = new Api(at, key.Trim());
        return await Importer.RunAsync(api, options, Limit(arguments.GetRequiredValue(errors))!.Value, cancellation);
    }
    catch (Exception error) when (error is ImportException or IOException or UnauthorizedAccessException)
    {
        await Console.Error.WriteLineAsync($"import: {error.Message}");
        return 2;
    }
});
// Interrupted, it says what it has done so far.
var parsed = command.Parse(args);
var ended = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
return parsed.Errors.Count > 0 ? 2 : ended;

static int? Limit(string? text) => text == "all" ? int.MaxValue : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

static Uri? Fail(System.CommandLine.Parsing.ArgumentResult result)
{
    result.AddError("--address takes an http or https address.");
    return null;
}
