using System.Runtime.CompilerServices;

namespace Tests;

/// <summary>Files of the repository, for tests that hold documents true to the code.</summary>
static class Repository
{
    public static string Root { get; } = Find(Here());

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    static string Find(string? folder) => folder is null ? throw new DirectoryNotFoundException("Monitoring.sln is in no folder above.")
        : File.Exists(Path.Combine(folder, "Monitoring.sln")) ? folder : Find(Path.GetDirectoryName(folder));

    static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

/// <summary>The two articles the project began with lie beside the repository on the team's machines only.</summary>
sealed class SeedsFactAttribute : FactAttribute
{
    public static string Folder => Path.Combine(Repository.Root, "..", "shared", "seeds");

    public SeedsFactAttribute()
    {
        if (!Directory.Exists(Folder)) Skip = "The seed articles (../shared/seeds) are not on this machine.";
    }
}
