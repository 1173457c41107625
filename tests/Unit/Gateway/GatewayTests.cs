using System.Text.Json.Nodes;
using Monitoring.Gateway.Docs;
using Monitoring.Gateway.Keys;

namespace Tests.Unit;

public class GatewayTests
{
    [Fact]
    public void A_key_is_read_as_it_was_written_and_kept_as_a_hash()
    {
        var key = KeyText.New();
        Assert.Equal(key, KeyText.Parse(key.ToString()));
        Assert.Equal(32, key.Hash().Length);
        Assert.NotEqual(key.Hash(), KeyText.New().Hash());
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("mon"), InlineData("mon_short_short"), InlineData("key_abcdefabcdef_0123456789012345678901234567890123456789"), InlineData("mon_a_b_c")]
    public void What_is_no_key_is_none(string? text) => Assert.Null(KeyText.Parse(text));

    [Fact]
    public void A_key_ends_when_it_expires_or_is_revoked()
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(50);
        var key = new ApiKey("id", [], "name", [], [], null, now, null, null);
        Assert.True(key.IsValid(now));
        Assert.False((key with { Expires = now }).IsValid(now));
        Assert.False((key with { Revoked = now }).IsValid(now));
    }

    [Fact]
    public void Descriptions_of_one_path_by_two_services_are_one()
    {
        var merged = ApiMerger.Merge(
        [
            JsonNode.Parse("""{"paths":{"/api/articles":{"post":{}}},"components":{"schemas":{"A":{}}}}""")!.AsObject(),
            JsonNode.Parse("""{"paths":{"/api/articles":{"get":{}},"/api/topics":{"get":{}}},"components":{"schemas":{"B":{}}}}""")!.AsObject(),
        ]);
        Assert.Equal(["get", "post"], merged["paths"]!["/api/articles"]!.AsObject().Select(operation => operation.Key).Order());
        Assert.Equal(["A", "B"], merged["components"]!["schemas"]!.AsObject().Select(schema => schema.Key).Order());
    }

    [Fact]
    public void Two_meanings_of_one_name_are_told() => Assert.Contains("by A", Assert.Throws<InvalidOperationException>(() => ApiMerger.Merge(
    [
        JsonNode.Parse("""{"components":{"schemas":{"A":{"type":"string"}}}}""")!.AsObject(),
        JsonNode.Parse("""{"components":{"schemas":{"A":{"type":"object"}}}}""")!.AsObject(),
    ])).Message, StringComparison.Ordinal);

    [Fact]
    public void What_may_be_null_is_described_as_what_may_be_absent()
    {
        var schema = JsonNode.Parse("""
            {"required": ["id", "name", "source"], "properties": {
                "id": {"type": "string"}, "name": {"type": ["null", "string"]}, "kind": {"enum": ["a", null]},
                "source": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Source"}], "description": "Its outlet."}}, "example": {"type": ["null"]}}
            """)!;
        AbsentValues.Describe(schema);
        var expected = JsonNode.Parse("""
            {"required": ["id"], "properties": {
                "id": {"type": "string"}, "name": {"type": "string"}, "kind": {"enum": ["a"]},
                "source": {"$ref": "#/components/schemas/Source", "description": "Its outlet."}}, "example": {"type": ["null"]}}
            """);
        Assert.True(JsonNode.DeepEquals(expected, schema), schema.ToJsonString());
    }
}
