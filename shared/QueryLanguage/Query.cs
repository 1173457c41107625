namespace Monitoring.QueryLanguage;

/// <summary>What somebody asks for, of the past or of what is to come. Clauses compare by what they say.</summary>
public abstract record Query
{
    /// <summary>Every article.</summary>
    public sealed record All : Query;

    public sealed record And(Clauses Clauses) : Query;

    public sealed record Or(Clauses Clauses) : Query;

    public sealed record Not(Query Clause) : Query;

    /// <summary>Words in a field.</summary>
    /// <param name="Field">Where.</param>
    /// <param name="Patterns">At least one.</param>
    /// <param name="Within">Absent: next to each other in this order. Else in any order, with at most so many other words between.</param>
    public sealed record Text(TextField Field, Patterns Patterns, int? Within = null) : Query
    {
        /// <summary>The zone of the field as tsvector's weight; empty where any zone will do.</summary>
        public string Weight => Field switch
        {
            TextField.Title or TextField.Speaker => "A",
            TextField.Author => "B",
            TextField.Body or TextField.Quote => "D",
            _ => "",
        };

        /// <summary>Whether the index knows without a look at positions: one word, and no zone or one that has lexemes of its own.</summary>
        public bool IsDecidedByPresence => Patterns.Count == 1 && Field is TextField.Any or TextField.Title or TextField.Author or TextField.Speaker;
    }

    /// <summary>A topic, entity or source by a name or id; bound to ids before it is asked.</summary>
    public sealed record Named(NameField Field, string Name) : Query;

    /// <summary>Any of these ids; none matches nothing.</summary>
    public sealed record Labelled(NameField Field, Ids Ids) : Query;

    /// <param name="Code">ISO 639, lower case.</param>
    public sealed record Language(string Code) : Query;

    public sealed record Story(Guid Id) : Query;

    /// <summary>A range of time as it was written; bound to instants before it is asked.</summary>
    public sealed record Time(TimeField Field, Moment? From, bool FromIncluded, Moment? To, bool ToIncluded) : Query;

    /// <param name="Field">Which time.</param>
    /// <param name="From">From this instant on.</param>
    /// <param name="To">Before this instant.</param>
    public sealed record Between(TimeField Field, DateTimeOffset? From, DateTimeOffset? To) : Query;
}

/// <summary>Any is title, authors and body.</summary>
public enum TextField { Any, Title, Body, Author, Quote, Speaker }

public enum NameField { Topic, Entity, Person, Organisation, Place, Source, Cites }

public enum TimeField { Published, Received }
