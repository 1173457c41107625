using System.Collections;
using System.Runtime.CompilerServices;

namespace Monitoring.QueryLanguage;

/// <summary>A list that equals another with the same items in the same order, so that records of it do.</summary>
public abstract class Sequence<T>(T[] items) : IReadOnlyList<T>, IEquatable<Sequence<T>>
{
    public T this[int index] => items[index];
    public int Count => items.Length;
    public bool Equals(Sequence<T>? other) => other is not null && GetType() == other.GetType() && items.AsSpan().SequenceEqual(other.ToArray());
    public override bool Equals(object? obj) => Equals(obj as Sequence<T>);
    public override int GetHashCode() => items.Aggregate(items.Length, HashCode.Combine);
    public override string ToString() => $"[{string.Join(", ", items)}]";
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();
}

[CollectionBuilder(typeof(Clauses), nameof(Create))]
public sealed class Clauses(Query[] items) : Sequence<Query>(items)
{
    public static Clauses Create(ReadOnlySpan<Query> items) => new(items.ToArray());
}

[CollectionBuilder(typeof(Patterns), nameof(Create))]
public sealed class Patterns(Pattern[] items) : Sequence<Pattern>(items)
{
    public static Patterns Create(ReadOnlySpan<Pattern> items) => new(items.ToArray());
}

/// <summary>Sorted and distinct.</summary>
[CollectionBuilder(typeof(Ids), nameof(Create))]
public sealed class Ids(string[] items) : Sequence<string>(items)
{
    public static Ids Create(ReadOnlySpan<string> items) => new([.. items.ToArray().Distinct().Order(StringComparer.Ordinal)]);
}
