using Monitoring.Hosting;
using Monitoring.Query;

return await Service.RunAsync("query", args, builder => builder.AddQuery(), app => app.MapQuery());
