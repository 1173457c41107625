using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace Monitoring.Hosting;

/// <summary>
/// The guard between addresses that people type in (webhooks, feeds) and the network this runs in. What counts is the address
/// actually dialled: names are resolved here, every candidate is checked, and the connection goes to the checked address, so
/// that a name cannot resolve to something else a moment later.
/// </summary>
public sealed class Outbound
{
    readonly Func<string, CancellationToken, Task<IPAddress[]>> resolve;
    readonly HashSet<IPEndPoint> allowed;

    public Outbound(IConfiguration configuration) : this(configuration, Dns.GetHostAddressesAsync) { }

    /// <param name="configuration">Names the exceptions, in <c>Outbound:Allow</c>.</param>
    /// <param name="resolve">The addresses of a name.</param>
    public Outbound(IConfiguration configuration, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        this.resolve = resolve;
        allowed = [.. (configuration["Outbound:Allow"] ?? "")
            .Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(pair => IPEndPoint.TryParse(pair, out var endpoint) && endpoint.Port != 0 ? endpoint
                : throw new InvalidOperationException($"Outbound:Allow takes exact address:port pairs; {pair} is none."))];
    }

    /// <summary>Follows no redirect: a redirect hop is a new decision, and exceptions in Outbound:Allow do not extend to it.</summary>
    /// <param name="exceptions">False for redirect hops.</param>
    public SocketsHttpHandler CreateHandler(bool exceptions = true) => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectCallback = async (context, cancellation) => await ConnectAsync(context.DnsEndPoint, exceptions, cancellation),
    };

    async Task<Stream> ConnectAsync(DnsEndPoint target, bool exceptions, CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await resolve(target.Host, cancellation);
        var candidates = addresses.Where(address => exceptions ? MayDial(address, target.Port) : IsPublic(address)).ToArray();
        if (candidates.Length == 0) throw new OutboundDeniedException(target.Host);

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(candidates, target.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>True where an address typed in leads nowhere we may go. A name that does not resolve now may do so later, and is checked then.</summary>
    public async Task<bool> RefusesAsync(Uri address, CancellationToken cancellation)
    {
        try
        {
            var host = address.IdnHost;
            var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellation);
            return !addresses.Any(candidate => MayDial(candidate, address.Port));
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public bool MayDial(IPAddress address, int port) =>
        allowed.Contains(new IPEndPoint(Unmapped(address), port)) || IsPublic(address);

    /// <summary>True where an address belongs to the public internet, by the registries of special-purpose addresses (RFC 6890).</summary>
    public static bool IsPublic(IPAddress address)
    {
        address = Unmapped(address);
        var network = address.AddressFamily == AddressFamily.InterNetwork ? NotPublic4 : NotPublic6;
        return !network.Any(special => special.Contains(address));
    }

    // ::ffff:a.b.c.d, ::a.b.c.d, 64:ff9b::a.b.c.d (NAT64) and 2002:aabb:ccdd:: (6to4) all lead to the IPv4 address inside.
    static IPAddress Unmapped(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        if (address.IsIPv4MappedToIPv6 || Nat64.Contains(address)) return new IPAddress(bytes.AsSpan(12));
        if (bytes.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0 && !address.Equals(IPAddress.IPv6Any) && !address.Equals(IPAddress.IPv6Loopback))
            return new IPAddress(bytes.AsSpan(12));
        return SixToFour.Contains(address) ? new IPAddress(bytes.AsSpan(2, 4)) : address;
    }

    static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    static readonly IPNetwork[] NotPublic4 = [.. new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    }.Select(network => IPNetwork.Parse(network))];

    static readonly IPNetwork[] NotPublic6 = [.. new[]
    {
        "::/128", "::1/128", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    }.Select(network => IPNetwork.Parse(network))];
}

public sealed class OutboundDeniedException(string host)
    : Exception($"{host} is not on the public internet. An operator can allow an exact address:port in Outbound:Allow.");
