using Monitoring.Ingest.Articles;

namespace Tests.Unit;

public class FurnitureTests
{
    [Theory]
    [InlineData("Advertisement"), InlineData("ADVERTISEMENT"), InlineData("Story continues below advertisement"), InlineData("Article continues after ad"), InlineData("Anzeige"), InlineData("Реклама")]
    [InlineData("Share"), InlineData("Share:"), InlineData("Share this article"), InlineData("Share on Facebook"), InlineData("Share this story on WhatsApp"), InlineData("Share via Email"), InlineData("Tweet"), InlineData("Copy link")]
    [InlineData("Print"), InlineData("Sign up"), InlineData("Skip to main content"), InlineData("Load more comments"), InlineData("Loading..."), InlineData("Back to top")]
    [InlineData("Read more: Flood in Lisbon kills five"), InlineData("Read more"), InlineData("Read more >"), InlineData("Also read: Talks resume"), InlineData("See also: Talks"), InlineData("Related: Talks"), InlineData("Related stories: Talks")]
    [InlineData("Watch: Minister leaves"), InlineData("Lesen Sie auch: Flut in Lissabon"), InlineData("Lire aussi : Inondations"), InlineData("Читайте також: Повінь"), InlineData("Leer más: Inundación"), InlineData("Most read: Talks")]
    [InlineData("Follow us on Facebook and X"), InlineData("Follow us on our WhatsApp channel"), InlineData("Sign up for our daily newsletter"), InlineData("Subscribe to our morning briefing here."), InlineData("Click here to subscribe")]
    [InlineData("3 min read"), InlineData("12-minute read"), InlineData("Reading time: 4 minutes"), InlineData("Lesezeit: 3 Minuten")]
    [InlineData("1,234 comments"), InlineData("12K shares"), InlineData("1.2k views"), InlineData("Comments (12)"), InlineData("Comments: 3"), InlineData("0 Kommentare")]
    [InlineData("Updated 5 minutes ago"), InlineData("Last updated on March 5, 2026 at 12:30 GMT"), InlineData("Published: 5 Mar 2026, 12:30 pm"), InlineData("First published on Thu 5 Mar 2026 09.00 GMT"), InlineData("2 hours ago"), InlineData("5 March 2026, 12:30")]
    [InlineData("Thursday, 5 March 2026 | 12:30 CET"), InlineData("Updated: 2026-03-05 12:30:00"), InlineData("Stand: 05.03.2026, 12:30 Uhr"), InlineData("Posted yesterday")]
    [InlineData("© 2026 The Gazette"), InlineData("Copyright © 2026 The Gazette. All rights reserved."), InlineData("(c) 2026 Wire Agency"), InlineData("Copyright 2026 Wire Agency"), InlineData("All rights reserved.")]
    public void What_surrounds_the_news_is_furniture(string line) => Assert.True(Furniture.Is(line));

    [Theory]
    [InlineData("Share prices fell on Monday."), InlineData("Share on the market fell."), InlineData("Shares of the bank fell 12%."), InlineData("Advertisement spending fell in March."), InlineData("Ad sales rose."), InlineData("Print is dead, he said.")]
    [InlineData("Read more books, the minister said."), InlineData("Read more carefully next time."), InlineData("Related companies were searched."), InlineData("Watch what they do, not what they say."), InlineData("See also the report of 2024.")]
    [InlineData("Follow us on the road to Kyiv."), InlineData("Follow us, said the soldiers."), InlineData("Subscribe to no party, he advised."), InlineData("Sign up for the army, they were told."), InlineData("Click here to live, the slogan read. It worked! Many did.")]
    [InlineData("3 minutes later the bridge fell."), InlineData("3 minutes"), InlineData("12 people died."), InlineData("1,234 comments were deleted by the ministry."), InlineData("500 shares were sold."), InlineData("Comments by the minister drew fire."), InlineData("2,000 views on one war.")]
    [InlineData("Updated figures show 12 dead."), InlineData("Updated rules apply from Monday."), InlineData("Published reports say so."), InlineData("Posted on Monday to the front, he died on Friday."), InlineData("Last Thursday at 12:30 the sirens sounded.")]
    [InlineData("On 5 March 2026"), InlineData("5 March 2026"), InlineData("March"), InlineData("Monday"), InlineData("2026"), InlineData("1 2 3 4"), InlineData("In May the minister may go."), InlineData("12:30"), InlineData("At 12:30 a shell hit."), InlineData("Years ago")]
    [InlineData("Copyright law was passed."), InlineData("Copyright holders sued."), InlineData("(c) the third paragraph"), InlineData("Copyright 2026 is a film that opened on Friday. It tells of a newspaper."), InlineData("Talks: what we know"), InlineData("Topics were few.")]
    [InlineData("Comment is free, but facts are sacred."), InlineData("Listen to the minister."), InlineData("Loading ramps were destroyed."), InlineData(""), InlineData("\"Share\"")]
    public void No_sentence_is(string line) => Assert.False(Furniture.Is(line));

    [Fact]
    public void A_line_longer_than_any_furniture_is_text() => Assert.False(Furniture.Is("Read more: " + new string('a', 200)));
}
