using Marten;
using Monitoring.ReadModels.Search;
using Weasel.Postgresql.Tables;

namespace Monitoring.ReadModels;

/// <summary>The read models together: one composite projection, so that each event is loaded once and all follow in one transaction.</summary>
public static class ReadModelStore
{
    public const string Schema = "monitoring";

    public const string Projection = "articles";

    /// <summary>
    /// Raised with every change to documents or tables. Projection writes it after its migrations; Query is not ready until it
    /// reads its own.
    /// </summary>
    public const int Version = 3;

    /// <summary>For whoever reads: events and documents, no daemon.</summary>
    public static void AddReadModels(this StoreOptions options)
    {
        options.AddJournal();
        ArticleProjection.AddDocument(options);
    }

    /// <summary>For Projection, which keeps them.</summary>
    public static void AddReadModelProjections(this StoreOptions options)
    {
        SearchTable.AddTables(options);
        Timelines.AddTables(options);
        JournalEpoch.AddTable(options);
        Quotes.AddTable(options);
        var version = new Table($"{ReadModelStore.Schema}.schema_version");
        version.AddColumn<int>("id").AsPrimaryKey();
        version.AddColumn<int>("version").NotNull();
        options.Storage.ExtendedSchemaObjects.Add(version);
        options.Projections.CompositeProjectionFor(Projection, composite =>
        {
            composite.Add(new ArticleProjection());
            composite.Add(new SearchTable(), search =>
            {
                foreach (var table in SearchTable.TableNames) search.DeleteDataInTableOnTeardown(table);
            }, stageNumber: 2);
            composite.Add(new Timelines(), timelines =>
            {
                foreach (var table in Timelines.TableNames) timelines.DeleteDataInTableOnTeardown(table);
            }, stageNumber: 2);
            composite.Add(new Quotes(), quotes => quotes.DeleteDataInTableOnTeardown(Quotes.TableName), stageNumber: 2);
        });
    }
}
