using Monitoring.Hosting;
using Monitoring.Query;
using Monitoring.Query.Articles;
using Monitoring.Query.Search;
using Monitoring.Query.Values;

return await Service.RunAsync("query", args,
    builder =>
    {
        builder.AddInternalToken();
        builder.AddPooledDatabase("query");
        builder.Services.AddSingleton<SearchIndex>();
        builder.Services.AddSingleton<ArticleSearch>();
        builder.Services.AddSingleton<Facets>();
        builder.Services.AddSingleton<PastArticles>();
        builder.Services.AddSingleton<SearchPages>();
        builder.Services.AddHealthChecks().AddCheck<SchemaCheck>("read-models", tags: [Health.Ready]);
    },
    app =>
    {
        app.MapReadiness();
        app.MapListArticles();
        app.MapExplainSearch();
        app.MapGetArticle();
        app.MapListValues();
    });
