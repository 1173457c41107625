using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Monitoring.Hosting;

namespace Tests.Unit;

public class OutboundTests
{
    static Outbound Guard(string? allow = null) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new("Outbound:Allow", allow)]).Build());

    [Theory]
    [InlineData("127.0.0.1"), InlineData("127.8.9.10"), InlineData("10.1.2.3"), InlineData("172.16.0.1"), InlineData("172.31.255.255"), InlineData("192.168.0.1")]
    [InlineData("169.254.169.254"), InlineData("100.64.0.1"), InlineData("0.0.0.0"), InlineData("224.0.0.1"), InlineData("255.255.255.255"), InlineData("198.18.0.1")]
    [InlineData("::1"), InlineData("::"), InlineData("fe80::1"), InlineData("fc00::1"), InlineData("fd12:3456::1"), InlineData("ff02::1"), InlineData("2001:db8::1")]
    [InlineData("::ffff:127.0.0.1"), InlineData("::ffff:10.0.0.1"), InlineData("::127.0.0.1"), InlineData("64:ff9b::7f00:1"), InlineData("2002:7f00:1::")]
    public void Inner_addresses_are_not_public(string address) => Assert.False(Outbound.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("93.184.216.34"), InlineData("172.32.0.1"), InlineData("100.128.0.1"), InlineData("2606:4700::1111"), InlineData("::ffff:93.184.216.34")]
    public void Public_addresses_are(string address) => Assert.True(Outbound.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public void An_exception_is_an_exact_address_and_port()
    {
        var guard = Guard("127.0.0.1:9000, [::1]:9001");
        Assert.True(guard.MayDial(IPAddress.Loopback, 9000));
        Assert.True(guard.MayDial(IPAddress.Parse("::ffff:127.0.0.1"), 9000));
        Assert.True(guard.MayDial(IPAddress.IPv6Loopback, 9001));
        Assert.False(guard.MayDial(IPAddress.Loopback, 9001));
        Assert.False(guard.MayDial(IPAddress.Parse("127.0.0.2"), 9000));
    }

    [Theory]
    [InlineData("127.0.0.1"), InlineData("localhost:80"), InlineData("*:80")]
    public void What_is_no_pair_is_refused_at_the_start(string allow) => Assert.Throws<InvalidOperationException>(() => Guard(allow));

    [Theory]
    [InlineData("http://127.0.0.1:{0}/"), InlineData("http://localhost:{0}/"), InlineData("http://2130706433:{0}/"), InlineData("http://0x7f.1:{0}/"), InlineData("http://0177.0.0.1:{0}/"), InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    public async Task A_connection_to_an_inner_address_is_never_made(string address)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new HttpClient(Guard().CreateHandler());
        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri(string.Format(null, address, ((IPEndPoint)listener.LocalEndpoint).Port))));
        Assert.IsType<OutboundDeniedException>(fault.InnerException);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task An_allowed_receiver_is_reached_and_its_redirect_is_not_followed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var serving = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            Assert.NotEqual(0, await client.GetStream().ReadAsync(new byte[4096]));
            await client.GetStream().WriteAsync("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        });
        using var client = new HttpClient(Guard($"127.0.0.1:{port}").CreateHandler());
        using var response = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/"));
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        await serving;
    }
}
