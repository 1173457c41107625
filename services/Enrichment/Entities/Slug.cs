using System.Globalization;
using System.Text;

namespace Monitoring.Enrichment.Entities;

public static class Slug
{
    /// <summary>A name as an id may carry it: in lower case, without accents, hyphens for whatever is no letter or digit.</summary>
    public static string Of(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var c in IsSound(name) ? name.Normalize(NormalizationForm.FormD) : name)
        {
            if (char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark || c == '\'') continue;
            if (char.IsLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }
        return slug.ToString().Trim('-');
    }

    // Normalize throws on half a surrogate pair.
    static bool IsSound(string name)
    {
        for (var i = 0; i < name.Length; i++)
            if (char.IsSurrogate(name[i]) && !(char.IsHighSurrogate(name[i]) && i + 1 < name.Length && char.IsLowSurrogate(name[++i]))) return false;
        return true;
    }
}
