using Monitoring.Enrichment.Text;

namespace Monitoring.Enrichment.Entities.Tagging;

/// <summary>How a name is written, as a hash.</summary>
static class Surface
{
    public static ulong Of(Document document, int first, int end)
    {
        var hash = Word(document.Tokens[first]);
        for (var i = first + 1; i < end; i++) hash = WordHash.Join(hash, Word(document.Tokens[i]));
        return hash;
    }

    // WASHINGTON in a dateline is Washington; but US is not us.
    public static ulong Word(Token token) => token.Length > 4 ? token.Folded : token.Exact;
}
