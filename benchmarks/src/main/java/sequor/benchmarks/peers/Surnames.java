package sequor.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/// The surnames as numbers, for a peer: characters between two marks, and the nationality.
final class Surnames {
  private static final int POOL = 50; // batches that are sorted by length together
  private static final int UNKNOWN = 1; // 0 is padding, 2 and 3 are the marks

  /// A surname.
  record Item(long[] ids, long label) {}

  /// A batch, padded on the right.
  record Batch(long[] ids, long[] lengths, long[] labels) {
    int rows() {
      return labels.length;
    }

    int steps() {
      return ids.length / labels.length;
    }
  }

  private final Map<Integer, Integer> characters = new HashMap<>();
  private final Map<String, Integer> labels = new HashMap<>();
  private final Map<String, List<Item>> splits = new HashMap<>();

  /// @param file with the columns nationality, split and surname
  Surnames(Path file) throws IOException {
    var rows = Files.readAllLines(file).stream().skip(1).map(line -> line.split(",", -1)).toList();
    for (var row : rows) {
      labels.computeIfAbsent(row[0], _ -> labels.size());
      if (row[1].equals("train")) {
        row[2].codePoints().forEach(c -> characters.computeIfAbsent(c, _ -> characters.size() + 4));
      }
    }
    for (var row : rows) {
      var ids =
          IntStream.concat(
              IntStream.concat(
                  IntStream.of(2),
                  row[2].codePoints().map(c -> characters.getOrDefault(c, UNKNOWN))),
              IntStream.of(3));
      var item = new Item(ids.asLongStream().toArray(), labels.getOrDefault(row[0], 0));
      splits.computeIfAbsent(row[1], _ -> new ArrayList<>()).add(item);
    }
  }

  int vocabulary() {
    return characters.size() + 4;
  }

  int classes() {
    return labels.size();
  }

  /// The training split in a new order: random pools, each sorted by length, cut into batches.
  List<Batch> train(int size, Random random) {
    var items = new ArrayList<>(split("train"));
    Collections.shuffle(items, random);
    var batches = new ArrayList<Batch>();
    for (int from = 0; from < items.size(); from += POOL * size) {
      var pool = items.subList(from, Math.min(items.size(), from + POOL * size));
      batches.addAll(byLength(pool, size));
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  /// The validation split, shortest first.
  List<Batch> valid(int size) {
    return byLength(split("val"), size);
  }

  private List<Item> split(String name) {
    return splits.getOrDefault(name, List.of());
  }

  private static List<Batch> byLength(List<Item> items, int size) {
    var sorted = items.stream().sorted(Comparator.comparing(item -> item.ids.length)).toList();
    var batches = new ArrayList<Batch>();
    for (int from = 0; from < sorted.size(); from += size) {
      batches.add(batch(sorted.subList(from, Math.min(sorted.size(), from + size))));
    }
    return batches;
  }

  private static Batch batch(List<Item> items) {
    int steps = items.getLast().ids.length;
    long[] ids = new long[items.size() * steps];
    for (int row = 0; row < items.size(); row++) {
      long[] of = items.get(row).ids;
      System.arraycopy(of, 0, ids, row * steps, of.length);
    }
    return new Batch(
        ids,
        items.stream().mapToLong(item -> item.ids.length).toArray(),
        items.stream().mapToLong(Item::label).toArray());
  }
}
