using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace Tests.Unit;

/// <summary>There is no Docker engine where the tests run, so the compose file is held true by reading it beside the code.</summary>
public partial class ComposeTests
{
    static readonly Dictionary<object, object> Compose = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build()
        .Deserialize<Dictionary<object, object>>(new YamlDotNet.Core.MergingParser(new YamlDotNet.Core.Parser(new StringReader(Repository.Read("docker-compose.yml")))));
    static readonly string[] Ours = [.. Directory.GetDirectories(Path.Combine(Repository.Root, "services")).Select(folder => Path.GetFileName(folder)!).Order()];
    static readonly string Up = Repository.Read("deploy/up");

    static Dictionary<object, object> Services => (Dictionary<object, object>)Compose["services"];
    static Dictionary<object, object> Service(string name) => (Dictionary<object, object>)Services[name.ToLowerInvariant()];
    static Dictionary<string, string> Variables(string name) => ((Dictionary<object, object>)Service(name)["environment"]).ToDictionary(pair => (string)pair.Key, pair => pair.Value?.ToString() ?? "");

    public static TheoryData<string> Names => [.. Ours];

    [Fact]
    public void Every_service_is_in_the_compose_file_with_the_servers_and_nothing_else() =>
        Assert.Equal(Ours.Select(name => name.ToLowerInvariant()).Concat(["postgres", "rabbitmq"]).Order(), Services.Keys.Cast<string>().Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void A_service_is_built_from_the_one_dockerfile_and_starts_again_by_itself(string name)
    {
        var build = (Dictionary<object, object>)Service(name)["build"];
        Assert.Equal("deploy/Dockerfile", build["dockerfile"]);
        Assert.Equal(name, ((Dictionary<object, object>)build["args"])["SERVICE"]);
        Assert.Equal("unless-stopped", Service(name)["restart"]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_service_gets_the_variables_that_deploy_up_gives_it(string name)
    {
        // deploy/up is run by the end-to-end tests, so what it sets is what the code needs.
        var lower = name.ToLowerInvariant();
        var expected = new SortedSet<string> { "Internal__Secret" };
        if (!UpSkips("ConnectionStrings__RabbitMq", lower)) expected.Add("ConnectionStrings__RabbitMq");
        if (!UpSkips("ConnectionStrings__Direct", lower)) expected.Add("ConnectionStrings__Direct");
        foreach (Match only in OnlyFor().Matches(Up))
            if (only.Groups["service"].Value == lower)
                foreach (Match setting in Setting().Matches(only.Value)) expected.Add(setting.Groups["name"].Value);
        if (lower == "gateway") foreach (var other in Ours.Where(other => other != "Gateway")) expected.Add($"Services__{other.ToLowerInvariant()}");
        Assert.Equal(expected, Variables(name).Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_variable_is_one_that_the_code_reads(string name)
    {
        var read = string.Concat(Directory.GetFiles(Path.Combine(Repository.Root, "services"), "*.cs", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "shared"), "*.cs", SearchOption.AllDirectories)).Select(File.ReadAllText));
        Assert.All(Variables(name).Keys, variable =>
        {
            var key = variable.Replace("__", ":", StringComparison.Ordinal);
            Assert.Contains(key switch
            {
                _ when key.StartsWith("ConnectionStrings:", StringComparison.Ordinal) => $"\"{key["ConnectionStrings:".Length..]}\"",
                _ when key.StartsWith("Services:", StringComparison.Ordinal) => "Services:{service}",
                _ => $"\"{key}\"",
            }, read, StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Services_use_their_own_role_and_user(string name)
    {
        foreach (var (variable, value) in Variables(name))
        {
            var lower = name.ToLowerInvariant();
            if (variable == "ConnectionStrings__Direct") Assert.Contains($"Username=monitoring_{lower};Password=${{{name.ToUpperInvariant()}_DB_PASSWORD:?}}", value, StringComparison.Ordinal);
            if (variable == "ConnectionStrings__RabbitMq") Assert.StartsWith($"amqp://{lower}:${{{name.ToUpperInvariant()}_MQ_PASSWORD:?}}@rabbitmq:5672/", value, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Only_the_gateway_is_reachable_and_the_port_is_the_one_the_image_exposes()
    {
        Assert.Equal(["gateway"], Services.Where(service => ((Dictionary<object, object>)service.Value).ContainsKey("ports")).Select(service => (string)service.Key));
        Assert.Contains("EXPOSE 8080", Repository.Read("deploy/Dockerfile"), StringComparison.Ordinal);
        Assert.Equal("${MONITORING_PORT:-8080}:8080", Assert.Single((List<object>)Service("gateway")["ports"]));
        Assert.All(Variables("gateway").Where(variable => variable.Key.StartsWith("Services__", StringComparison.Ordinal)),
            variable => Assert.Equal($"http://{variable.Key["Services__".Length..]}:8080", variable.Value));
    }

    [Fact]
    public void Every_variable_of_the_compose_file_is_in_the_example_and_no_secret_has_a_default()
    {
        var compose = Repository.Read("docker-compose.yml");
        var used = Reference().Matches(compose).Select(match => match.Groups["name"].Value).ToHashSet();
        var example = Repository.Read(".env.example").Split('\n').Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#')).Select(line => line.Split('=')).ToDictionary(line => line[0], line => line[1]);
        Assert.Equal(used.Order(), example.Keys.Order());
        Assert.All(example.Where(variable => variable.Key.Contains("PASSWORD", StringComparison.Ordinal) || variable.Key is "INTERNAL_SECRET" or "MONITORING_KEY"), secret =>
        {
            Assert.Equal("", secret.Value);
            Assert.DoesNotContain($"${{{secret.Key}:-", compose, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Data_lies_in_named_volumes_and_the_servers_say_when_they_are_healthy()
    {
        Assert.Equal(["postgres", "rabbitmq"], ((Dictionary<object, object>)Compose["volumes"]).Keys.Cast<string>().Order());
        Assert.All(new[] { "postgres", "rabbitmq" }, server =>
        {
            Assert.True(Service(server).ContainsKey("healthcheck"));
            Assert.Contains(((List<object>)Service(server)["volumes"]).Cast<string>(), volume => volume.StartsWith($"{server}:", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void The_image_runs_as_nobody_special_and_checks_its_health()
    {
        var lines = Repository.Read("deploy/Dockerfile").Split('\n');
        Assert.Equal(2, lines.Count(line => line.StartsWith("FROM ", StringComparison.Ordinal)));
        Assert.Contains("USER $APP_UID", lines);
        Assert.Contains(lines, line => line.StartsWith("HEALTHCHECK", StringComparison.Ordinal) && line.Contains("dotnet Monitoring.$SERVICE.dll health", StringComparison.Ordinal));
    }

    // case $1 in gateway | query) ;; *) settings+=("ConnectionStrings__RabbitMq=…
    static bool UpSkips(string setting, string service) =>
        Regex.Match(Up, @"case \$1 in (?<without>[^)]+)\) ;; \*\) settings\+=\(""" + setting).Groups["without"].Value.Split('|', StringSplitOptions.TrimEntries).Contains(service);

    [GeneratedRegex(@"if \[ ""\$1"" = (?<service>\w+) \]; then.*?\bfi\b", RegexOptions.Singleline)]
    private static partial Regex OnlyFor();

    [GeneratedRegex(@"""(?<name>[A-Z]\w+__\w+)=")]
    private static partial Regex Setting();

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)")]
    private static partial Regex Reference();
}
