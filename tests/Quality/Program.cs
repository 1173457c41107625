using System.CommandLine;
using System.Globalization;
using Tests.Quality;

// How well the parts that read other people's documents do it; each command prints its figures and fails where something is wrong.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return await new RootCommand("Quality of what is read out of feeds, pages and articles, and the training of what is learnt.")
{
    FeedsCommand.Create(), PagesCommand.Create(), SpeedCommand.Create(),
    NerCommand.Create(Model.Names), AliasesCommand.Create(Model.Enrich), LanguageCommand.Create(), NeardupCommand.Create(),
    QuotesCommand.Create(Model.Enrich), SourcesCommand.Create(Model.CitedSources),
    TrainNerCommand.Create(), TrainTopicsCommand.Create(), TopicsCommand.Create(),
}.Parse(args).InvokeAsync();
