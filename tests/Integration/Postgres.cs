using Npgsql;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

namespace Tests.Integration;

/// <summary>A real PostgreSQL, started by deploy/servers in a folder of its own. One server for all tests, a database for each.</summary>
public sealed class Postgres : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("monitoring-integration-").FullName;
    readonly int port = Machine.FreePorts(1);
    int databases;

    public async Task InitializeAsync()
    {
        // The private server runs as a user of its own, who must be able to reach its data.
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        await ServersAsync("start", folder, $"{port}", "postgres");
    }

    public async Task DisposeAsync()
    {
        await ServersAsync("stop", folder, "postgres");
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>
    /// An empty database with the schemas and rights of the one that deploy/servers makes: the services come with their own roles,
    /// as they do in production, and a right that is missing shows.
    /// </summary>
    public async Task<Database> NewDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref databases)}";
        await using var source = NpgsqlDataSource.Create(Connection("postgres", "postgres") + ";Pooling=false");
        await using var command = source.CreateCommand($"create database {name} template monitoring");
        await command.ExecuteNonQueryAsync();
        return new Database(role => Connection(name, role), Path.Combine(folder, $"{name}.sock"));
    }

    string Connection(string database, string role)
    {
        var secret = File.ReadAllText(Path.Combine(folder, "secrets", role == "postgres" ? role : $"postgres-{role}")).Trim();
        return $"Host=127.0.0.1;Port={port};Database={database};Username={(role == "postgres" ? role : $"monitoring_{role}")};Password={secret}";
    }

    static Task ServersAsync(params string[] arguments) => Machine.RunAsync(Path.Combine(Repository.Root, "deploy", "servers"), arguments);
}

[CollectionDefinition(nameof(Postgres))]
public sealed class PostgresCollection : ICollectionFixture<Postgres>;

/// <param name="As">Connection string of a role: the superuser <c>postgres</c>, or a service.</param>
/// <param name="Socket">Where its services may listen, so that they take no port.</param>
public sealed record Database(Func<string, string> As, string Socket)
{
    public async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(As("postgres") + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Until it is disposed, nobody writes to the table.</summary>
    public async Task<IAsyncDisposable> LockAsync(string table)
    {
        var connection = new NpgsqlConnection(As("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"begin; lock table {table} in share mode", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    public async Task<long> CountAsync(string table) => long.Parse(Assert.Single(await RowsAsync($"select count(*)::text from {table}")), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The rows of a query with one column of text, sorted.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(As("postgres") + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}
