using System.Globalization;
using Monitoring.Hosting;

namespace Monitoring.Query.Changes;

/// <summary>A place in the journal: what came up to it is known to whoever stands there. Its text is the cursor of changes and the id of their stream.</summary>
/// <param name="Epoch">Of the journal; see <see cref="ReadModels.JournalEpoch"/>.</param>
/// <param name="Sequence">Number of the last event before it; 0 at the beginning.</param>
public sealed record JournalPosition(string Epoch, long Sequence)
{
    public override string ToString() => Cursor.Write(Epoch, Sequence.ToString(CultureInfo.InvariantCulture));

    /// <summary>Null where there is none; 400 for what is none.</summary>
    public static JournalPosition? Read(string? cursor) => Cursor.Read(cursor) is not { } parts ? null
        : long.TryParse(parts.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? new(parts.Key, sequence) : throw Cursor.Invalid();

    /// <summary>Itself where it is one of this journal; 410 where that one is gone.</summary>
    public JournalPosition In(string epoch) => Epoch == epoch ? this : throw new ProblemException(410,
        "The journal was restored since this cursor was given, and its numbers now mean other changes. Read the articles you need anew, then follow from after=now.", "after");
}
