using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Monitoring.Hosting;

/// <summary>
/// The XML comments of the code as the descriptions of the API, read from the files that lie beside the programs. (The framework's own
/// generator sees the comments of the project that calls AddOpenApi alone, which is this one, and of those it refers to.)
/// </summary>
static partial class ApiComments
{
    /// <summary>What means the same wherever it is taken. A comment at the route says more, and wins.</summary>
    static readonly Dictionary<string, string> Usual = new(StringComparer.OrdinalIgnoreCase)
    {
        ["id"] = "Its id, as lists and answers give it.",
        ["limit"] = "How many a page, 1 to 200.",
        ["cursor"] = "next of the page before; leave it out for the first.",
        ["from"] = "ISO 8601: from this instant on.",
        ["since"] = "ISO 8601: from this instant on.",
        ["to"] = "ISO 8601: before this instant.",
        ["name"] = "Only what has this name, its own or another of its names.",
        ["domain"] = "Host name of an outlet, such as example.org.",
        ["reason"] = "Why, in words, for the record.",
    };

    static readonly Lazy<Dictionary<string, XElement>> Members = new(() => Directory.EnumerateFiles(AppContext.BaseDirectory, "Monitoring.*.xml")
        .SelectMany(file => XDocument.Load(file).Descendants("member"))
        .GroupBy(member => WithoutSignature(member.Attribute("name")!.Value)).ToDictionary(members => members.Key, members => members.First()));

    public static Task AddAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var method = context.Description.ActionDescriptor.EndpointMetadata.OfType<MethodInfo>().FirstOrDefault();
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(parameter => string.IsNullOrEmpty(parameter.Description)))
        {
            var taken = context.Description.ParameterDescriptions.FirstOrDefault(description => description.Name == parameter.Name)?.ParameterDescriptor;
            parameter.Description = Of(taken) ?? Parameter(method is null ? null : $"M:{TypeName(method.DeclaringType)}.{method.Name}", parameter.Name!) ?? Usual.GetValueOrDefault(parameter.Name!);
        }
        return Task.CompletedTask;
    }

    /// <summary>A member of the type that [AsParameters] takes, which may have been renamed.</summary>
    static string? Of(ParameterDescriptor? taken) => (taken as IParameterInfoParameterDescriptor)?.ParameterInfo is { Member: PropertyInfo property } ? Of(property) : null;

    public static Task AddAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object) schema.Description ??= Text(Members.Value.GetValueOrDefault($"T:{TypeName(context.JsonTypeInfo.Type)}")?.Element("summary"));
        foreach (var property in context.JsonTypeInfo.Properties)
            // What has a schema of its own by name is described there, once for all who refer to it.
            if (schema.Properties?.TryGetValue(property.Name, out var found) == true && found is OpenApiSchema own && IsInline(property.PropertyType, context) && property.AttributeProvider is MemberInfo member)
                own.Description ??= Of(member);
        return Task.CompletedTask;
    }

    static bool IsInline(Type type, OpenApiSchemaTransformerContext context) =>
        !(Nullable.GetUnderlyingType(type) ?? type).IsEnum && context.JsonTypeInfo.Options.GetTypeInfo(type).Kind is JsonTypeInfoKind.None or JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary;

    static string? Of(MemberInfo member) =>
        Text(Members.Value.GetValueOrDefault($"P:{TypeName(member.DeclaringType)}.{member.Name}")?.Element("summary")) ?? Parameter($"T:{TypeName(member.DeclaringType)}", member.Name);

    static string? Parameter(string? member, string name) => member is null ? null
        : Text(Members.Value.GetValueOrDefault(member)?.Elements("param").FirstOrDefault(parameter => (string?)parameter.Attribute("name") == name));

    static string TypeName(Type? type) => (type is { IsConstructedGenericType: true } ? type.GetGenericTypeDefinition() : type)?.FullName?.Replace('+', '.') ?? "";

    /// <summary>Handlers are not overloaded, so that their names tell them.</summary>
    static string WithoutSignature(string member) => member.StartsWith("M:", StringComparison.Ordinal) ? Signature().Replace(member, "") : member;

    [GeneratedRegex(@"(``\d+)?(\(.*)?$", RegexOptions.Singleline)]
    private static partial Regex Signature();

    /// <summary>Markup is for the compiler's readers: of a reference the last name is left.</summary>
    static string? Text(XElement? comment) => comment is null ? null : Space().Replace(string.Concat(comment.Nodes().Select(node => node switch
    {
        XElement { Name.LocalName: "see" or "seealso" or "paramref" } reference => ((string?)reference.FirstAttribute)?.Split('.', ':')[^1],
        XElement element => Text(element),
        XText text => text.Value,
        _ => null,
    })), " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
