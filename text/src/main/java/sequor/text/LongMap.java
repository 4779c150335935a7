package sequor.text;

import java.util.Arrays;

/// Whole numbers by whole numbers from 0 on, without a box for each.
final class LongMap {
  private long[] keys = new long[64]; // each one more; 0 where there is none
  private int[] values = new int[64];
  private int size;

  /// What was put there, or −1.
  int get(long key) {
    int at = slot(key);
    return keys[at] == 0 ? -1 : values[at];
  }

  void put(long key, int value) {
    if (2 * (size + 1) > keys.length) {
      grow();
    }
    int at = slot(key);
    size += keys[at] == 0 ? 1 : 0;
    keys[at] = key + 1;
    values[at] = value;
  }

  private int slot(long key) {
    long hash = (key + 1) * 0x9E3779B97F4A7C15L;
    int mask = keys.length - 1;
    int at = (int) (hash >>> 32) & mask;
    while (keys[at] != 0 && keys[at] != key + 1) {
      at = at + 1 & mask;
    }
    return at;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = new long[2 * oldKeys.length];
    values = Arrays.copyOf(values, keys.length);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int at = slot(oldKeys[i] - 1);
        keys[at] = oldKeys[i];
        values[at] = oldValues[i];
      }
    }
  }
}
