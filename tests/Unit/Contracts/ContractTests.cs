using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using MassTransit;
using Monitoring.Contracts;
using Monitoring.Hosting;
using YamlDotNet.Serialization;
using Route = Monitoring.Hosting.Route;

namespace Tests.Unit;

/// <summary>What crosses the broker is named once, in the records; MassTransit and deploy/asyncapi.yaml must say the same.</summary>
public class ContractTests
{
    static readonly Dictionary<object, object> Api = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(Repository.Read("deploy/asyncapi.yaml"));

    public static TheoryData<string> Messages => [.. Topology.Routes.Select(route => route.Message.Name)];

    [Theory]
    [MemberData(nameof(Messages))]
    public void MassTransit_uses_the_urn_that_the_record_names(string message) => Assert.Equal(Constant(message, "Urn"), MessageUrn.ForTypeString(Type(message)));

    [Theory]
    [MemberData(nameof(Messages))]
    public void Exchanges_are_named_after_the_message(string message)
    {
        var kebab = Regex.Replace(message, "(?<=.)[A-Z]", letter => "-" + letter.Value).ToLowerInvariant();
        Assert.Equal($"monitoring.{kebab}", Constant(message, "Exchange"));
        Assert.Equal(Constant(message, "Exchange"), RouteOf(message).Exchange);
    }

    [Fact]
    public void Every_message_of_Contracts_is_routed() => Assert.Equal(
        typeof(ArticleReceived).Assembly.GetExportedTypes().Where(type => type.GetField("Exchange") is not null).Select(type => type.Name).Order(),
        Topology.Routes.Select(route => route.Message.Name).Order());

    [Fact]
    public void Contracts_needs_no_package() => Assert.All(
        typeof(ArticleReceived).Assembly.GetReferencedAssemblies(), reference => Assert.StartsWith("System.", reference.Name));

    [Theory]
    [MemberData(nameof(Messages))]
    public void Asyncapi_names_the_exchange_its_queues_and_the_urn(string message)
    {
        var channel = Node(Api, "channels", message);
        Assert.Equal(Constant(message, "Exchange"), channel["address"]);
        Assert.Equal(RouteOf(message).Queues.Order(), ((List<object>)channel["x-queues"]).Cast<string>().Order());
        Assert.Equal(Constant(message, "Urn"), Node(Api, "components", "messages", message)["x-message-urn"]);
    }

    [Fact]
    public void Asyncapi_describes_every_record_as_it_is()
    {
        var described = Node(Api, "components", "schemas");
        var records = Reachable([.. Topology.Routes.Select(route => route.Message)]);
        Assert.Equal(records.Select(record => record.Name).Order(), described.Keys.Cast<string>().Order());
        foreach (var record in records)
        {
            var schema = (Dictionary<object, object>)described[record.Name];
            if (record.IsEnum)
            {
                Assert.Equal(Enum.GetValues(record).Cast<object>().Select(value => JsonSerializer.Serialize(value, record, Json.Options).Trim('"')), ((List<object>)schema["enum"]).Cast<string>());
                continue;
            }
            var members = record.GetProperties().Where(property => property.Name != "EqualityContract").ToList();
            Assert.Equal(members.Select(Described).Order(), Node(schema, "properties").Select(property => $"{property.Key}: {Written((Dictionary<object, object>)property.Value)}").Order());
            var required = members.Where(IsRequired).Select(member => Camel(member.Name)).Order();
            Assert.Equal(required, (schema.TryGetValue("required", out var list) ? ((List<object>)list).Cast<string>() : []).Order());
        }
    }

    static string Described(PropertyInfo member) => $"{Camel(member.Name)}: {TypeName(member.PropertyType)}";

    static string TypeName(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var text when text == typeof(string) => "string",
        var whole when whole == typeof(int) => "integer",
        var number when number == typeof(double) || number == typeof(decimal) => "number",
        var flag when flag == typeof(bool) => "boolean",
        var instant when instant == typeof(DateTimeOffset) => "string date-time",
        var id when id == typeof(Guid) => "string uuid",
        { IsGenericType: true } list => $"array of {TypeName(list.GenericTypeArguments[0])}",
        var record => record.Name,
    };

    static string Written(Dictionary<object, object> schema) =>
        schema.TryGetValue("$ref", out var reference) ? ((string)reference).Split('/')[^1]
        : (string)schema["type"] == "array" ? $"array of {Written((Dictionary<object, object>)schema["items"])}"
        : schema.TryGetValue("format", out var format) ? $"{schema["type"]} {format}" : (string)schema["type"];

    static bool IsRequired(PropertyInfo member) => new NullabilityInfoContext().Create(member).WriteState == NullabilityState.NotNull;

    static HashSet<Type> Reachable(List<Type> types)
    {
        var found = new HashSet<Type>();
        for (var i = 0; i < types.Count; i++)
        {
            var type = Nullable.GetUnderlyingType(types[i]) ?? types[i];
            if (type.IsGenericType) type = type.GenericTypeArguments[0];
            if (type.Assembly == typeof(ArticleReceived).Assembly && found.Add(type)) types.AddRange(type.GetProperties().Select(property => property.PropertyType));
        }
        return found;
    }

    static Dictionary<object, object> Node(Dictionary<object, object> node, params string[] path) =>
        path.Aggregate(node, (current, name) => (Dictionary<object, object>)current[name]);

    static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
    static Route RouteOf(string message) => Topology.Routes.Single(route => route.Message.Name == message);
    static Type Type(string message) => RouteOf(message).Message;
    static string Constant(string message, string name) => (string)Type(message).GetField(name)!.GetRawConstantValue()!;
}
