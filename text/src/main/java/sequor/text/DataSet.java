package sequor.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// What a model learns from, what tells it when to stop, and what it is judged by.
///
/// ```java
/// DataSet<Example> surnames =
///     table.splitBy("split").map(Example.columns("surname", "nationality"));
/// ```
///
/// @param <E> what one example is
public record DataSet<E>(List<E> train, List<E> valid, List<E> test) {
  public DataSet {
    train = List.copyOf(train);
    valid = List.copyOf(valid);
    test = List.copyOf(test);
  }

  /// Splits at random. The same generator state gives the same split on every machine, and each
  /// part keeps the order of `examples`.
  public static <E> DataSet<E> split(
      List<E> examples, Fractions fractions, RandomGenerator random) {
    var splits = new Split[examples.size()];
    deal(identity(examples.size()), fractions, random, splits);
    return pick(examples, splits);
  }

  /// Splits at random as [#split] does, but every group (a label's examples, say) for itself, so
  /// that a rare label is found in each part as often as the fractions say.
  public static <E> DataSet<E> stratified(
      List<E> examples, Fractions fractions, Function<E, ?> group, RandomGenerator random) {
    Map<Object, List<Integer>> groups = new LinkedHashMap<>(); // in order of first appearance
    for (int i = 0; i < examples.size(); i++) {
      groups.computeIfAbsent(group.apply(examples.get(i)), g -> new ArrayList<>()).add(i);
    }
    var splits = new Split[examples.size()];
    for (List<Integer> members : groups.values()) {
      deal(members.stream().mapToInt(i -> i).toArray(), fractions, random, splits);
    }
    return pick(examples, splits);
  }

  /// Splits as `splitOf` says of each example.
  public static <E> DataSet<E> splitBy(List<E> examples, Function<E, Split> splitOf) {
    return pick(examples, examples.stream().map(splitOf).toArray(Split[]::new));
  }

  public List<E> of(Split split) {
    return switch (split) {
      case TRAIN -> train;
      case VALID -> valid;
      case TEST -> test;
    };
  }

  /// How many examples there are in all three parts.
  public int size() {
    return train.size() + valid.size() + test.size();
  }

  public <R> DataSet<R> map(Function<? super E, ? extends R> mapper) {
    return new DataSet<>(map(train, mapper), map(valid, mapper), map(test, mapper));
  }

  @Override
  public String toString() {
    return "DataSet {train: %d, valid: %d, test: %d}"
        .formatted(train.size(), valid.size(), test.size());
  }

  private static int[] identity(int count) {
    int[] all = new int[count];
    Arrays.setAll(all, i -> i);
    return all;
  }

  private static void deal(
      int[] members, Fractions fractions, RandomGenerator random, Split[] splits) {
    int[] order = Shuffle.order(members.length, random);
    for (int i = 0; i < order.length; i++) {
      splits[members[order[i]]] = fractions.part(i, order.length);
    }
  }

  private static <E> DataSet<E> pick(List<E> examples, Split[] splits) {
    return new DataSet<>(
        pick(examples, splits, Split.TRAIN),
        pick(examples, splits, Split.VALID),
        pick(examples, splits, Split.TEST));
  }

  private static <E> List<E> pick(List<E> examples, Split[] splits, Split wanted) {
    return IntStream.range(0, splits.length)
        .filter(i -> splits[i] == wanted)
        .<E>mapToObj(examples::get)
        .toList();
  }

  private static <E, R> List<R> map(List<E> examples, Function<? super E, ? extends R> mapper) {
    return examples.stream().<R>map(mapper).toList();
  }
}
