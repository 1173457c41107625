using System.Globalization;
using System.Text;

namespace Monitoring.Contracts;

/// <summary>The one meaning of "the same name" for names of topics, entities and sources.</summary>
public static class Folding
{
    /// <summary>Lower case, without diacritics, apostrophes and dashes made alike, white space single.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            var plain = c switch
            {
                '’' or '‘' or 'ʼ' => '\'',
                '–' or '—' or '‐' or '‑' => '-',
                _ => char.ToLowerInvariant(c),
            };
            if (!char.IsWhiteSpace(plain)) folded.Append(plain);
            else if (folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
        }
        if (folded.Length > 0 && folded[^1] == ' ') folded.Length--;
        return folded.ToString();
    }
}
