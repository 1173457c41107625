using System.Security.Cryptography;
using System.Text;
using Monitoring.Ingest.Feeds;
using Monitoring.Ingest.Feeds.WebSub;

namespace Tests.Unit;

public class HubTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly Guid Feed = Guid.Parse("a0000000-0000-0000-0000-000000000001");
    const string Hub = "https://hub.example/", Topic = "https://gazette.example/feed";

    static HubSubscription New(string hub = Hub, string topic = Topic, DateTimeOffset? now = null) => HubSubscription.New(Feed, hub, topic, now ?? Now);
    static HubSubscription Verified() => New().Asked("subscribe", Topic, 864_000, null, Now, 0)!.Next;

    [Theory]
    // RFC 4231, test case 2, and RFC 2202, test case 2: key "Jefe", data "what do ya want for nothing?".
    [InlineData("sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", true)]
    [InlineData("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", true)]
    [InlineData("SHA256=5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843", true)]
    [InlineData("sha384=af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649", true)]
    [InlineData("sha512=164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737", true)]
    [InlineData("sha256=6bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", false)]
    [InlineData("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec38", false)]
    [InlineData("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843aa", false)]
    [InlineData("sha256=zzdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", false)]
    [InlineData("sha1=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", false)]
    [InlineData("md5=750c783e6ab0b503eaa86e310a5db738", false)]
    [InlineData("sha256", false)]
    [InlineData("=", false)]
    [InlineData("", false)]
    public void A_signature_is_an_hmac_of_the_body(string header, bool holds) =>
        Assert.Equal(holds, HubSignature.Verify(header, "what do ya want for nothing?"u8, "Jefe"));

    [Fact]
    public void Secrets_and_tokens_are_new_each_time_and_short_enough()
    {
        Assert.NotEqual(New().Secret, New().Secret);
        Assert.NotEqual(New().Token, New().Token);
        Assert.InRange(Encoding.UTF8.GetByteCount(New().Secret), 32, 199);
        Assert.True(HubSignature.Verify("sha256=" + Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(New().Secret), "x"u8)), "x"u8, "other") is false);
    }

    [Fact]
    public void A_feed_that_names_a_hub_is_subscribed_at_once()
    {
        var step = HubSubscription.Ensure(null, New(), Now)!;
        Assert.Equal((HubState.Requested, Now, null), (step.Next.State, step.Next.NextAttemptAt, step.Happened));
        Assert.Equal("subscribe", step.Next.Due(Now, 0).Mode);
        Assert.Null(HubSubscription.Ensure(step.Next, New(), Now.AddMinutes(5)));
        Assert.Null(HubSubscription.Ensure(Verified(), New(), Now.AddMinutes(5)));
        Assert.Null(HubSubscription.Ensure(null, null, Now));
    }

    [Fact]
    public void Another_hub_or_topic_is_another_subscription()
    {
        var known = Verified();
        var step = HubSubscription.Ensure(known, New(hub: "https://other.example/"), Now)!;
        Assert.Equal((HubState.Requested, "https://other.example/"), (step.Next.State, step.Next.Hub));
        Assert.NotEqual(known.Token, step.Next.Token);
        Assert.Equal(new FeedHubEnded(Hub, "The feed names another hub.", Now), step.Happened);
        Assert.Equal("https://gazette.example/atom", HubSubscription.Ensure(known, New(topic: "https://gazette.example/atom"), Now)!.Next.Topic);
        Assert.Null(HubSubscription.Ensure(New(), New(hub: "https://other.example/"), Now)!.Happened);
    }

    [Fact]
    public void A_feed_that_names_none_any_more_leaves_and_the_hub_is_told_once()
    {
        var step = HubSubscription.Ensure(Verified(), null, Now)!;
        Assert.Equal(HubState.Leaving, step.Next.State);
        Assert.Equal(Hub, Assert.IsType<FeedHubEnded>(step.Happened).Hub);
        var told = step.Next.Due(Now, 0);
        Assert.Equal(("unsubscribe", HubState.Ended, null), (told.Mode, told.Next.State, told.Happened));
        Assert.Null(told.Next.Due(Now, 0).Mode);
        Assert.Null(told.Next.Leave("again", Now));
        // Resumed.
        Assert.Equal(HubState.Requested, HubSubscription.Ensure(told.Next, New(), Now)!.Next.State);
    }

    [Fact]
    public void Confirming_starts_the_lease_that_the_hub_grants()
    {
        var step = New().Due(Now, 0).Next.Asked("subscribe", Topic, 3600 * 24, null, Now, 0)!;
        Assert.Equal(new FeedHubSubscribed(Hub, Topic, Now, Now.AddDays(1)), step.Happened);
        Assert.Equal((HubState.Verified, 0, Now.AddDays(1)), (step.Next.State, step.Next.Attempts, step.Next.LeaseUntil));
        Assert.Equal(Now.AddMinutes((24 * 60) - 288), step.Next.NextAttemptAt);
        Assert.Equal(Now.AddDays(10), New().Asked("subscribe", Topic, null, null, Now, 0)!.Next.LeaseUntil);
        Assert.Equal(Now.AddDays(30), New().Asked("subscribe", Topic, long.MaxValue, null, Now, 0)!.Next.LeaseUntil);
        Assert.Equal(Now.AddMinutes(1), New().Asked("subscribe", Topic, 1, null, Now, 0)!.Next.LeaseUntil);
        // Asked twice about one request: nothing happens twice.
        var again = step.Next.Asked("subscribe", Topic, 3600 * 24, null, Now.AddSeconds(1), 0)!;
        Assert.Equal((step.Next, null), (again.Next, again.Happened));
    }

    [Fact]
    public void Only_what_was_asked_for_is_confirmed()
    {
        Assert.Null(New().Asked("subscribe", "https://gazette.example/other", 60, null, Now, 0));
        Assert.Null(New().Asked("subscribe", null, 60, null, Now, 0));
        Assert.Null(New().Asked("unsubscribe", Topic, null, null, Now, 0));
        Assert.Null(Verified().Asked("unsubscribe", Topic, null, null, Now, 0));
        Assert.Null(New().Asked("publish", Topic, null, null, Now, 0));
        var leaving = Verified().Leave("Paused.", Now)!.Next;
        Assert.Null(leaving.Asked("subscribe", Topic, 60, null, Now, 0));
        Assert.Null(leaving.Asked("denied", Topic, null, null, Now, 0));
        Assert.Equal(leaving, leaving.Asked("unsubscribe", Topic, null, null, Now, 0)!.Next);
    }

    [Fact]
    public void A_refusal_ends_it_and_the_hub_is_asked_anew_after_a_day()
    {
        var step = Verified().Asked("denied", Topic, null, "not\n here ", Now, 0)!;
        Assert.Equal(new FeedHubEnded(Hub, "The hub refused. not here", Now), step.Happened);
        Assert.Equal((HubState.Ended, null), (step.Next.State, step.Next.LeaseUntil));
        Assert.Null(HubSubscription.Ensure(step.Next, New(), Now.AddHours(23)));
        Assert.Equal(HubState.Requested, HubSubscription.Ensure(step.Next, New(), Now.AddDays(1))!.Next.State);
        Assert.InRange(((FeedHubEnded)Verified().Asked("denied", Topic, null, new string('x', 9000), Now, 0)!.Happened!).Reason.Length, 200, 250);
    }

    [Theory]
    [InlineData(10 * 24 * 60, 2 * 24 * 60)]
    [InlineData(24 * 60, 288)]
    [InlineData(4 * 60, 60)]
    [InlineData(60, 30)]
    [InlineData(1, 0.5)]
    public void A_lease_is_renewed_when_a_fifth_of_it_is_left(double leaseMinutes, double marginMinutes)
    {
        Assert.Equal(TimeSpan.FromMinutes(marginMinutes), HubSubscription.Margin(TimeSpan.FromMinutes(leaseMinutes), 0));
        Assert.Equal(TimeSpan.FromMinutes(marginMinutes) * 1.2, HubSubscription.Margin(TimeSpan.FromMinutes(leaseMinutes), 1));
    }

    [Fact]
    public void Requests_are_repeated_ever_more_slowly_and_then_given_up()
    {
        var (subscription, at, requests) = (New(), Now, 0);
        var waits = new List<double>();
        while (subscription.Due(at, 0) is { Mode: "subscribe" } step)
        {
            requests++;
            waits.Add((step.Next.NextAttemptAt - at).TotalMinutes);
            (subscription, at) = (step.Next with { Problem = "The hub answered 500." }, step.Next.NextAttemptAt);
        }
        Assert.Equal([5, 20, 80, 320, 1280, 1440, 1440, 1440], waits);
        Assert.Equal(HubSubscription.MaxAttempts, requests);
        Assert.Equal(new FeedHubEnded(Hub, "The hub did not confirm after 8 requests. The hub answered 500.", at), subscription.Due(at, 0).Happened);
        Assert.Equal(TimeSpan.FromMinutes(4), HubSubscription.Retry(1, 1));
        Assert.Equal(TimeSpan.FromDays(1), HubSubscription.Retry(int.MaxValue, 0));
    }

    [Fact]
    public void A_renewal_that_fails_costs_nothing_until_the_lease_ends()
    {
        var (subscription, until) = (Verified(), Now.AddDays(10));
        Assert.Equal(Now.AddDays(8), subscription.NextAttemptAt);
        for (var at = subscription.NextAttemptAt; at < until; at = subscription.NextAttemptAt)
        {
            var step = subscription.Due(at, 0.5);
            Assert.Equal((HubState.Verified, null), (step.Next.State, step.Happened));
            Assert.InRange(step.Next.NextAttemptAt, at.AddTicks(1), until);
            subscription = step.Next;
        }
        Assert.Equal(new FeedHubEnded(Hub, "Its lease ran out, and the hub did not renew it.", until), subscription.Due(until, 0).Happened);
        // With requests used up before the end, it still stands to the end.
        var waiting = (Verified() with { Attempts = HubSubscription.MaxAttempts }).Due(Now.AddDays(9), 0);
        Assert.Equal((HubState.Verified, until, null), (waiting.Next.State, waiting.Next.NextAttemptAt, waiting.Mode));
    }

    [Theory]
    [InlineData("https://hub.example/", true), InlineData("http://hub.example:8080/x?y=z", true)]
    [InlineData(null, false), InlineData("", false), InlineData("/hub", false), InlineData("ftp://hub.example/", false), InlineData("javascript:alert(1)", false)]
    public void Only_web_addresses_are_hubs(string? address, bool usable) => Assert.Equal(usable, HubSubscription.IsUsable(address));
}
