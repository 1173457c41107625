using Microsoft.Extensions.Diagnostics.HealthChecks;
using Monitoring.ReadModels;
using Npgsql;

namespace Monitoring.Query;

/// <summary>Ready once the read models in the database are of the version this service knows.</summary>
sealed class SchemaCheck(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = database.CreateCommand($"select version from {ReadModelStore.Schema}.schema_version");
            return await command.ExecuteScalarAsync(cancellationToken) is ReadModelStore.Version ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"The read models are not of version {ReadModelStore.Version}. Update Projection and Query together.");
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.InsufficientPrivilege)
        {
            return HealthCheckResult.Unhealthy("Projection has not made the read models yet.");
        }
        catch (NpgsqlException fault)
        {
            return HealthCheckResult.Unhealthy($"The database does not answer: {fault.Message}");
        }
    }
}
