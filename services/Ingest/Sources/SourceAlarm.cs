namespace Monitoring.Ingest.Sources;

public enum SourceState { Normal, Silent, Flooding }

// What the event store keeps, one stream per outlet (Ids.Source).

/// <summary>Somebody said what an outlet is called, where it is and which language it writes; what is absent is left to what is learned.</summary>
public sealed record SourceDescribed(string Domain, string? Name, string? Country, string? Language, DateTimeOffset At, string By);

/// <summary>Nothing has come since <paramref name="Since"/>, where <paramref name="Expected"/> articles would have been usual and none had this <paramref name="Chance"/>.</summary>
public sealed record SourceFellSilent(string Domain, DateTimeOffset At, DateTimeOffset Since, double Expected, double Chance);

/// <summary><paramref name="Received"/> articles came within an hour that usually brings <paramref name="Expected"/>.</summary>
public sealed record SourceFlooded(string Domain, DateTimeOffset At, int Received, double Expected, double Chance);

/// <summary>It publishes as usual again.</summary>
public sealed record SourceRecovered(string Domain, DateTimeOffset At, SourceState From);

/// <summary>When an outlet's silence or noise is worth a word. A pure function of its volume.</summary>
public static class SourceAlarm
{
    /// <summary>No silence is shorter: a feed that is polled once an hour may skip one.</summary>
    public const int MinSilence = 3;

    /// <summary>No flood is smaller, however little is usual.</summary>
    public const int MinFlood = 20;

    public const double SilenceChance = 1e-4, FloodChance = 1e-6;

    /// <summary>No flood is less than so many times what the outlet's loud hours bring anyway.</summary>
    const double MinRise = 1.5;

    /// <summary>Well below what raised it, so that it does not come and go.</summary>
    const double CalmChance = 1e-3;

    /// <param name="domain">The outlet.</param>
    /// <param name="state">As it was found before.</param>
    /// <param name="volume">At least two hours of it.</param>
    /// <param name="now">In the last of them.</param>
    /// <returns><see cref="SourceFellSilent"/>, <see cref="SourceFlooded"/>, <see cref="SourceRecovered"/>, or null where nothing changed.</returns>
    public static object? Decide(string domain, SourceState state, Volume volume, DateTimeOffset now)
    {
        var current = volume.Hours.Count - 1;
        if (state == SourceState.Silent) return (volume.Hours[current] ?? 0) + (volume.Hours[current - 1] ?? 0) > 0 ? new SourceRecovered(domain, now, state) : null;
        var recent = Math.Max(volume.Hours[current] ?? 0, volume.Hours[current - 1] ?? 0);
        var loud = recent >= MinFlood && recent > MinRise * LoudHour(volume, current - 1);
        if (state == SourceState.Flooding && !loud) return new SourceRecovered(domain, now, state);
        var hours = SilentHours(volume);
        var silent = Enumerable.Range(current - hours, hours).Where(hour => volume.Hours[hour] is not null).ToList();
        var quiet = silent.Count >= MinSilence;
        // A flood has no say in what is usual; a silence has, which lowers what is missed a little and false alarms much.
        if (!(loud || quiet) || VolumeProfile.From(volume, current - 1) is not { } profile) return null;

        var (received, expected, chance) = Loudest(profile, volume);
        if (state == SourceState.Flooding) return chance > CalmChance ? new SourceRecovered(domain, now, state) : null;
        if (loud && chance < FloodChance) return new SourceFlooded(domain, now, received, expected, chance);
        if (!quiet) return null;
        var missing = silent.Sum(hour => profile.Rate(volume.At(hour)));
        return profile.ChanceOfNone(missing) is < SilenceChance and var none ? new SourceFellSilent(domain, now, volume.At(current - hours), missing, none) : null;
    }

    // The third loudest of the last four weeks: two floods in them are no habit.
    static int LoudHour(Volume volume, int count) =>
        volume.Hours.Take(count).TakeLast(VolumeProfile.Days * 24).Select(hour => hour ?? 0).OrderDescending().ElementAtOrDefault(2);

    // The hour that runs, or the one before it. Whoever was away takes in at once what he missed.
    static (int Received, double Expected, double Chance) Loudest(VolumeProfile profile, Volume volume)
    {
        var loudest = (Received: 0, Expected: 0.0, Chance: 1.0);
        foreach (var hour in new[] { volume.Hours.Count - 2, volume.Hours.Count - 1 })
        {
            if (volume.Hours[hour] is not { } received) continue;
            var expected = Math.Max(profile.Mean, profile.Rate(volume.At(hour)));
            for (var missed = hour - 1; missed >= 0 && volume.Hours[missed] is null; missed--) expected += Math.Max(profile.Mean, profile.Rate(volume.At(missed)));
            var chance = profile.ChanceOfAtLeast(received, expected);
            if (chance < loudest.Chance) loudest = (received, expected, chance);
        }
        return loudest;
    }

    // Whole hours only: within one, an outlet that is polled hourly is silent until its minute comes. One that never published is none.
    static int SilentHours(Volume volume)
    {
        var current = volume.Hours.Count - 1;
        var last = current;
        while (last >= 0 && volume.Hours[last] is null or 0) last--;
        return last < 0 ? 0 : Math.Max(0, current - 1 - last);
    }
}
