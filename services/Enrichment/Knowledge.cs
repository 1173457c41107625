using System.Security.Cryptography;
using System.Text;

namespace Monitoring.Enrichment;

/// <summary>
/// The files that decide: readable tables and weights under knowledge/, and those a user adds in a folder of his own
/// (<c>Enrichment:KnowledgePath</c>): a table there adds its rows to the one of the same name. The hash of all of them is part of
/// the model's name, so that every enrichment says which files it comes from.
/// </summary>
/// <param name="folder">What is shipped.</param>
/// <param name="additions">The user's folder, if any.</param>
public sealed class Knowledge(string folder, string? additions = null)
{
    /// <summary>Raised when the code that reads the files decides differently.</summary>
    const string Version = "0.2.0";

    public string Model { get; } = $"{Version}+{Hash(folder, additions)}";

    /// <summary>Rows of a table without comments, the user's last; a row with the wrong number of columns is an error that names its line.</summary>
    public IEnumerable<string[]> Read(string file, int columns)
    {
        var rows = Rows(Path.Combine(folder, file), columns);
        return additions is not null && Path.Combine(additions, file) is var more && File.Exists(more) ? rows.Concat(Rows(more, columns)) : rows;
    }

    /// <summary>A file that is no table: weights.</summary>
    public byte[] ReadBytes(string file) => File.ReadAllBytes(Path.Combine(folder, file));

    static IEnumerable<string[]> Rows(string path, int columns)
    {
        var number = 0;
        foreach (var line in File.ReadLines(path, Encoding.UTF8))
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            var row = line.Split('\t');
            yield return row.Length == columns ? row
                : throw new InvalidDataException($"{Path.GetFileName(path)}, line {number}: {row.Length} columns instead of {columns}.");
        }
    }

    static string Hash(string folder, string? additions)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var root in additions is null ? [folder] : new[] { folder, additions })
            foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(root, path)));
                hash.AppendData(File.ReadAllBytes(path));
            }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }
}
