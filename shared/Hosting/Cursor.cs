using System.Buffers.Text;
using System.Text;

namespace Monitoring.Hosting;

/// <summary>Where a page ends: opaque to callers, the sort key and id of its last item to us, so that pages neither skip nor repeat.</summary>
public static class Cursor
{
    public static string Write(string key, string id) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{key}\n{id}"));

    /// <summary>Null for the first page; 400 for what is no cursor.</summary>
    public static (string Key, string Id)? Read(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor)) return null;
        try
        {
            if (Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('\n') is [var key, var id]) return (key, id);
        }
        catch (FormatException)
        {
            // Said below, like any other string that is none.
        }
        throw Invalid();
    }

    public static ProblemException Invalid() => new(400, "The cursor is none of ours. Take next from a page, or leave it out for the first.", "cursor");
}
