using Monitoring.Hosting;
using Monitoring.Query.Articles;
using Monitoring.Query.Changes;
using Monitoring.Query.Exports;
using Monitoring.Query.Feeds;
using Monitoring.Query.Quotes;
using Monitoring.Query.Search;
using Monitoring.Query.Values;

namespace Monitoring.Query;

/// <summary>What the service is made of and offers: said once, for the program and for the tests that ask it over HTTP.</summary>
public static class QueryEndpoints
{
    public static void AddQuery(this WebApplicationBuilder builder)
    {
        builder.AddInternalToken();
        builder.AddPooledDatabase("query");
        builder.Services.AddSingleton<StoredArticles>();
        builder.Services.AddSingleton<JournalReader>();
        builder.Services.AddSingleton<JournalFollower>();
        builder.Services.AddHostedService(services => services.GetRequiredService<JournalFollower>());
        builder.Services.AddSingleton<QuoteSearch>();
        builder.Services.AddSingleton<ValuePages>();
        builder.Services.AddSingleton<PastValues>();
        builder.Services.AddSingleton<SearchIndex>();
        builder.Services.AddSingleton<ArticleSearch>();
        builder.Services.AddSingleton<Facets>();
        builder.Services.AddSingleton<PastArticles>();
        builder.Services.AddSingleton<SearchPages>();
        builder.Services.AddHealthChecks().AddCheck<SchemaCheck>("read-models", tags: [Health.Ready]);
    }

    public static void MapQuery(this WebApplication app)
    {
        app.MapReadiness();
        app.MapListArticles();
        app.MapExplainSearch();
        app.MapGetArticle();
        app.MapArticleHistory();
        app.MapArticleRevisions();
        app.MapListValues();
        app.MapArticleFeeds();
        app.MapExportArticles();
        app.MapGetChanges();
        app.MapStreamChanges();
        app.MapGetTopic();
        app.MapGetEntity();
        app.MapSourceActivity();
        app.MapListQuotes();
    }
}
