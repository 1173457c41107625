using System.Security.Cryptography;
using System.Text;

namespace Monitoring.Enrichment;

/// <summary>
/// The files that decide: readable tables and weights under knowledge/, and those a user adds in a folder of his own
/// (<c>Enrichment:KnowledgePath</c>): a table there adds its rows to the one of the same name.
/// </summary>
/// <param name="folder">What is shipped.</param>
/// <param name="additions">The user's folder, if any.</param>
public sealed class Knowledge(string folder, string? additions = null)
{
    /// <summary>Raised when the code that reads the files decides differently.</summary>
    const string Version = "0.2.0";

    readonly SortedDictionary<string, byte[]> read = new(StringComparer.Ordinal);

    /// <summary>
    /// <c>{semver}+{hash over the files read so far}</c>, so that every enrichment says which files it comes from, and a file
    /// that nobody reads changes nothing.
    /// </summary>
    public string Model
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var (name, content) in read)
            {
                hash.AppendData(Encoding.UTF8.GetBytes(name));
                hash.AppendData(content);
            }
            return $"{Version}+{Convert.ToHexStringLower(hash.GetHashAndReset())[..12]}";
        }
    }

    /// <summary>Rows of a table without comments, the user's last; a row with the wrong number of columns is an error that names its line.</summary>
    public IEnumerable<string[]> Read(string file, int columns)
    {
        var rows = Rows(file, ReadBytes(file), columns);
        return additions is not null && File.Exists(Path.Combine(additions, file)) ? rows.Concat(Rows($"{file} in {additions}", ReadBytes(file, additions), columns)) : rows;
    }

    /// <summary>A file that is no table: weights.</summary>
    public byte[] ReadBytes(string file) => ReadBytes(file, folder);

    byte[] ReadBytes(string file, string from)
    {
        var bytes = File.ReadAllBytes(Path.Combine(from, file));
        read[from == folder ? file : $"{file}+"] = SHA256.HashData(bytes);
        return bytes;
    }

    static IEnumerable<string[]> Rows(string name, byte[] bytes, int columns)
    {
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var row = line.Split('\t');
            yield return row.Length == columns ? row
                : throw new InvalidDataException($"{name}, line {number}: {row.Length} columns instead of {columns}.");
        }
    }
}
