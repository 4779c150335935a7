package sequor.tasks.tag;

import java.util.Arrays;

/// Numbers features by their hashes, in the order in which they are first seen. Hashes have 64
/// bits: of a million features two are the same with a probability of 3·10⁻⁸.
final class FeatureIndex {
  private long[] table = new long[1 << 10]; // 0: free
  private int[] numbers = new int[table.length];
  private long[] hashes = new long[1 << 9]; // by number
  private int size;

  int size() {
    return size;
  }

  /// The hash of a number.
  long hash(int number) {
    return hashes[number];
  }

  /// The number of a hash, −1 if it has none.
  int find(long hash) {
    int at = place(table, hash);
    return table[at] == 0 ? -1 : numbers[at];
  }

  /// The number of a hash, the next one if it has none.
  int add(long hash) {
    int at = place(table, hash);
    if (table[at] != 0) {
      return numbers[at];
    }
    table[at] = hash;
    numbers[at] = size;
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    hashes[size] = hash;
    size++;
    if (2 * size > table.length) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    long[] larger = new long[2 * table.length];
    int[] moved = new int[larger.length];
    for (int number = 0; number < size; number++) {
      int at = place(larger, hashes[number]);
      larger[at] = hashes[number];
      moved[at] = number;
    }
    table = larger;
    numbers = moved;
  }

  private static int place(long[] table, long hash) {
    int mask = table.length - 1;
    int at = (int) (hash ^ (hash >>> 32)) & mask;
    while (table[at] != 0 && table[at] != hash) {
      at = (at + 1) & mask;
    }
    return at;
  }
}
