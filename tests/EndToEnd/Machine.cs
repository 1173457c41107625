using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Tests;

/// <summary>Ports and processes of the machine the tests run on.</summary>
static class Machine
{
    /// <summary>The first of that many free ports in a row, below the range from which the kernel hands out ports.</summary>
    public static int FreePorts(int count)
    {
        // A block of its own for each attempt.
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var first = Random.Shared.Next(100, 320) * 100;
            try
            {
                foreach (var port in Enumerable.Range(first, count))
                {
                    using var probe = new TcpListener(IPAddress.Loopback, port);
                    probe.Start();
                }
                return first;
            }
            catch (SocketException)
            {
                // Taken; another block.
            }
        }
        throw new InvalidOperationException("No free block of ports was found.");
    }

    /// <summary>Whether somebody takes connections there.</summary>
    public static async Task<bool> ListensAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Runs a program in the repository's root; fails with its output where it fails.</summary>
    /// <returns>Its standard output.</returns>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        // A test host sets variables of its own that would tell the services where to listen.
        foreach (var variable in start.Environment.Keys.Where(name => name.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || name.StartsWith("MSBUILD", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(variable);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{Path.GetFileName(program)} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}\n{await errors}");
        return await output;
    }
}
