package sequor.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sequor.text.Shuffle;

/// What a model learns from, what tells it when to stop, and what it is judged by.
///
/// ```java
/// DataSet<String> surnames = table.splitBy("split").map(row -> row.field("surname"));
/// ```
///
/// @param <E> what one example is
public record DataSet<E>(Source<E> train, Source<E> valid, Source<E> test) {
  /// A data set that is in memory.
  public static <E> DataSet<E> of(List<E> train, List<E> valid, List<E> test) {
    return new DataSet<>(Source.of(train), Source.of(valid), Source.of(test));
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
    var splits = new Split[examples.size()];
    for (int[] members : groups(examples, group)) {
      deal(members, fractions, random, splits);
    }
    return pick(examples, splits);
  }

  /// Splits at random as [#split] does, but whole groups (a customer's examples, say), so that what
  /// is learned of one is not asked in a test. The parts are those of the number of groups.
  public static <E> DataSet<E> byGroup(
      List<E> examples, Fractions fractions, Function<E, ?> group, RandomGenerator random) {
    var groups = groups(examples, group);
    var ofGroup = new Split[groups.size()];
    deal(identity(ofGroup.length), fractions, random, ofGroup);
    var splits = new Split[examples.size()];
    for (int g = 0; g < ofGroup.length; g++) {
      for (int i : groups.get(g)) {
        splits[i] = ofGroup[g];
      }
    }
    return pick(examples, splits);
  }

  /// The places of each group's examples, in order of first appearance.
  private static <E> List<int[]> groups(List<E> examples, Function<E, ?> group) {
    Map<Object, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < examples.size(); i++) {
      groups.computeIfAbsent(group.apply(examples.get(i)), g -> new ArrayList<>()).add(i);
    }
    return groups.values().stream()
        .map(members -> members.stream().mapToInt(i -> i).toArray())
        .toList();
  }

  /// Splits where they stand: the first learn, the last test. That is the split for what goes on in
  /// time, and for a book.
  public static <E> DataSet<E> contiguous(List<E> examples, Fractions fractions) {
    var splits = new Split[examples.size()];
    for (int i = 0; i < splits.length; i++) {
      splits[i] = fractions.part(i, splits.length);
    }
    return pick(examples, splits);
  }

  /// Splits as `splitOf` says of each example.
  public static <E> DataSet<E> splitBy(List<E> examples, Function<E, Split> splitOf) {
    return pick(examples, examples.stream().map(splitOf).toArray(Split[]::new));
  }

  public Source<E> of(Split split) {
    return switch (split) {
      case TRAIN -> train;
      case VALID -> valid;
      case TEST -> test;
    };
  }

  public <R> DataSet<R> map(Function<? super E, ? extends R> mapper) {
    return new DataSet<>(train.map(mapper), valid.map(mapper), test.map(mapper));
  }

  /// The same data set with all of it in memory.
  public DataSet<E> inMemory() {
    return of(train.toList(), valid.toList(), test.toList());
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
    return of(
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
}
