using System.Text;
using Monitoring.Alerts.Delivery;

namespace Tests.Unit;

public class DeliveryTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Signatures_are_those_of_standard_webhooks()
    {
        // The example of the specification's reference libraries.
        var signature = WebhookSignature.Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek",
            DateTimeOffset.FromUnixTimeSeconds(1614265330), Encoding.UTF8.GetBytes("{\"test\": 2432232314}"));
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Theory]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", true)]
    [InlineData("whsec_dG9vc2hvcnQ=", false)]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", false)]
    [InlineData("whsec_not base64 at all, is it", false)]
    public void Secrets_have_a_form(string secret, bool valid) => Assert.Equal(valid, WebhookSignature.IsSecret(secret));

    [Fact]
    public void New_secrets_are_valid_and_different()
    {
        Assert.True(WebhookSignature.IsSecret(WebhookSignature.NewSecret()));
        Assert.NotEqual(WebhookSignature.NewSecret(), WebhookSignature.NewSecret());
    }

    [Fact]
    public void A_delivery_is_tried_ten_times_over_three_days()
    {
        var at = Now;
        var attempts = 1;
        for (; RetrySchedule.Next(attempts, at, null, jitter: 0) is { } next; attempts++) at = next;
        Assert.Equal(10, attempts);
        Assert.InRange(at - Now, TimeSpan.FromHours(75), TimeSpan.FromHours(77));
        Assert.Equal(Now.AddSeconds(5), RetrySchedule.Next(1, Now, null, jitter: 0));
        Assert.Equal(Now.AddSeconds(6), RetrySchedule.Next(1, Now, null, jitter: 1));
    }

    [Fact]
    public void A_receiver_may_ask_for_more_time_not_for_less_and_not_for_ever()
    {
        Assert.Equal(Now.AddMinutes(2), RetrySchedule.Next(1, Now, TimeSpan.FromMinutes(2), 0));
        Assert.Equal(Now.AddMinutes(5), RetrySchedule.Next(2, Now, TimeSpan.FromSeconds(1), 0));
        Assert.Equal(Now.AddHours(24), RetrySchedule.Next(1, Now, TimeSpan.FromDays(400), 0));
    }
}
