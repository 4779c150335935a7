package sequor.tasks.language;

import sequor.tasks.TaskException;

/// A growing map from a pair of numbers, each at least 0, to a number.
///
/// Open addressing with linear probing: two flat arrays, 12 bytes a slot, at most three slots in
/// four taken. A map of boxed numbers would take five times as much.
final class PairTable {
  /// What [#get] answers for a pair that was never put.
  public static final int NONE = -1;

  private static final int MOST_SLOTS = 1 << 30; // the greatest power of two of an array

  private long[] keys = new long[1 << 10]; // the pair + 1, so that 0 marks an empty slot
  private int[] values = new int[1 << 10];
  private int size;

  public int size() {
    return size;
  }

  public int get(int a, int b) {
    int slot = slot(key(a, b));
    return keys[slot] == 0 ? NONE : values[slot];
  }

  /// Adds to the pair's number, which begins at 0, and returns the sum.
  public int add(int a, int b, int amount) {
    int slot = take(a, b, 0);
    values[slot] += amount;
    return values[slot];
  }

  /// The pair's number, which becomes `value` if it has none.
  public int putIfAbsent(int a, int b, int value) {
    int slot = take(a, b, value); // first, for it may replace the arrays
    return values[slot];
  }

  /// Gives every pair and its number to `action`, in no order that means anything.
  public void forEach(Action action) {
    for (int slot = 0; slot < keys.length; slot++) {
      if (keys[slot] != 0) {
        long pair = keys[slot] - 1;
        action.accept((int) (pair >>> 32), (int) pair, values[slot]);
      }
    }
  }

  /// What is done with each entry.
  @FunctionalInterface
  public interface Action {
    void accept(int a, int b, int value);
  }

  private int take(int a, int b, int value) {
    long key = key(a, b);
    int slot = slot(key);
    if (keys[slot] != 0) {
      return slot;
    }
    if (4L * (size + 1) > 3L * keys.length) {
      grow();
      slot = slot(key);
    }
    keys[slot] = key;
    values[slot] = value;
    size++;
    return slot;
  }

  private void grow() {
    if (keys.length == MOST_SLOTS) {
      throw new TaskException(
          "n-grams: expected at most %,d, got more; take less data, or n-grams of a lower order"
              .formatted(size));
    }
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = new long[2 * oldKeys.length];
    values = new int[2 * oldKeys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }

  private static long key(int a, int b) {
    return ((long) a << 32 | b) + 1;
  }

  /// Where the key is, or where it would go.
  private int slot(long key) {
    long mixed = (key ^ key >>> 32) * 0x9E3779B97F4A7C15L; // Fibonacci hashing
    int slot = (int) (mixed >>> Long.numberOfLeadingZeros(keys.length - 1)); // its highest bits
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = slot + 1 & keys.length - 1;
    }
    return slot;
  }
}
