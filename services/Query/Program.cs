using Monitoring.Hosting;
using Monitoring.Query;
using Monitoring.Query.Articles;
using Monitoring.Query.Values;

return await Service.RunAsync("query", args,
    builder =>
    {
        builder.AddInternalToken();
        builder.AddPooledDatabase("query");
        builder.Services.AddHealthChecks().AddCheck<SchemaCheck>("read-models", tags: [Health.Ready]);
    },
    app =>
    {
        app.MapReadiness();
        app.MapListArticles();
        app.MapGetArticle();
        app.MapListValues();
    });
