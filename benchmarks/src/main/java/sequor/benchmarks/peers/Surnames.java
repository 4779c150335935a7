package sequor.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import sequor.text.Batches;
import sequor.text.Item;

/// The surnames as numbers, for a peer: characters between two marks, and the nationality.
final class Surnames {
  private static final int UNKNOWN = 1; // 0 is padding, 2 and 3 are the marks

  /// A batch as libtorch takes it, padded on the right.
  record Batch(long[] ids, long[] lengths, long[] labels) {
    static Batch of(sequor.text.Batch batch) {
      return new Batch(
          wide(batch.ids("text").ids()),
          wide(batch.ids("text").lengths()),
          wide(batch.ids("label").ids()));
    }

    private static long[] wide(int[] values) {
      return Arrays.stream(values).asLongStream().toArray();
    }

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
      var item =
          new Item().ids("text", ids.toArray(), 0).id("label", labels.getOrDefault(row[0], 0));
      splits.computeIfAbsent(row[1], _ -> new ArrayList<>()).add(item);
    }
  }

  int vocabulary() {
    return characters.size() + 4;
  }

  int classes() {
    return labels.size();
  }

  /// The training split in a new order, as Sequor's own training cuts it into batches.
  List<Batch> train(int size, Random random) {
    return batches("train", size).shuffled(random).stream().map(Batch::of).toList();
  }

  /// The validation split, shortest first.
  List<Batch> valid(int size) {
    return batches("val", size).byLength().stream().map(Batch::of).toList();
  }

  private Batches batches(String split, int size) {
    return Batches.of(splits.getOrDefault(split, List.of())).withSize(size);
  }
}
