using System.Security.Cryptography;
using System.Text;

namespace Monitoring.Enrichment;

/// <summary>
/// The files that decide: readable tables under knowledge/, or wherever <c>Enrichment:KnowledgePath</c> points. Their hash is
/// part of the model's name, so that every enrichment says which files it comes from.
/// </summary>
public sealed class Knowledge(string folder)
{
    /// <summary>Raised when the code that reads the files decides differently.</summary>
    const string Version = "0.1.0";

    static readonly string[] Files = ["languages.tsv", "topics.tsv", "topic-terms.tsv", "entities.tsv"];

    public string Model { get; } = $"{Version}+{Hash(folder)}";

    /// <summary>Rows of a file without comments; a row with the wrong number of columns is an error that names its line.</summary>
    public IEnumerable<string[]> Read(string file, int columns)
    {
        var number = 0;
        foreach (var line in File.ReadLines(Path.Combine(folder, file), Encoding.UTF8))
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            var row = line.Split('\t');
            yield return row.Length == columns ? row
                : throw new InvalidDataException($"{file}, line {number}: {row.Length} columns instead of {columns}.");
        }
    }

    static string Hash(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file));
            hash.AppendData(File.ReadAllBytes(Path.Combine(folder, file)));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }
}
