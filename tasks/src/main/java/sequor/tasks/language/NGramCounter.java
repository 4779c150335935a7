package sequor.tasks.language;

import java.util.Arrays;
import sequor.tasks.language.NGramCounts.Sizes;

/// Counts n-grams as Kneser-Ney smoothing wants them, in hash tables that grow; [#counts] sorts
/// them.
///
/// While it counts, an n-gram takes 16 to 32 bytes, and a context as many again.
final class NGramCounter {
  private final Sizes sizes;
  private final PairTable children = new PairTable(); // (context, older token) → context
  private final PairTable entries = new PairTable(); // (context, next token) → N
  private byte[] depth = new byte[1024]; // of each context

  NGramCounter(Sizes sizes) {
    this.sizes = sizes;
  }

  void count(int[] sequence) {
    int[] path = new int[sizes.order()];
    for (int i = 0; i < sequence.length; i++) {
      int length = grow(sequence, i, path);
      // An entry that is new is one more kind of "v c w" for the context one shorter.
      for (int k = length - 1; k >= 0 && entries.add(path[k], sequence[i], 1) == 1; k--) {}
    }
  }

  /// The contexts of position `i`, made where missing, the empty one first; returns how many.
  private int grow(int[] sequence, int i, int[] path) {
    path[0] = NGramCounts.ROOT;
    int length = 1;
    for (; length < sizes.order() && i - length >= -1; length++) {
      int fresh = children.size() + 1;
      int older = i == length - 1 ? sizes.vocabularySize() : sequence[i - length];
      int child = children.putIfAbsent(path[length - 1], older, fresh);
      if (child == fresh) {
        depth = fresh < depth.length ? depth : Arrays.copyOf(depth, 2 * fresh);
        depth[fresh] = (byte) length;
      }
      path[length] = child;
    }
    return length;
  }

  /// All that was counted, numbered anew.
  NGramCounts counts() {
    int contexts = children.size() + 1;
    int[] met = new int[contexts]; // [context] the number it had while counting
    int[] older = new int[contexts];
    int[] childStart = new int[contexts + 1];
    int[] renumbered = new int[contexts]; // the other way round
    int made = 1;
    for (int k = 1; k < sizes.order(); k++) {
      for (long key : level(k, renumbered)) {
        int parent = (int) (key >>> Integer.SIZE);
        older[made] = (int) key;
        met[made] = children.get(met[parent], older[made]);
        renumbered[met[made]] = made++;
        childStart[parent + 1]++;
      }
    }
    childStart[0] = 1;
    Arrays.parallelPrefix(childStart, Integer::sum);
    return withEntries(older, childStart, met, renumbered);
  }

  /// The contexts of a depth as (parent, older token), sorted; the parents are numbered already.
  private long[] level(int wanted, int[] renumbered) {
    long[] keys = new long[children.size()];
    var filled = new Cursor();
    children.forEach(
        (parent, token, child) -> {
          if (depth[child] == wanted) {
            keys[filled.next++] = pair(renumbered[parent], token);
          }
        });
    Arrays.sort(keys, 0, filled.next);
    return Arrays.copyOf(keys, filled.next);
  }

  private NGramCounts withEntries(int[] older, int[] childStart, int[] met, int[] renumbered) {
    long[] keys = new long[entries.size()];
    var filled = new Cursor();
    entries.forEach(
        (context, token, count) -> keys[filled.next++] = pair(renumbered[context], token));
    Arrays.sort(keys);
    int[] entryStart = new int[older.length + 1];
    int[] tokens = new int[keys.length];
    int[] counts = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      int context = (int) (keys[i] >>> Integer.SIZE);
      tokens[i] = (int) keys[i];
      counts[i] = entries.get(met[context], tokens[i]);
      entryStart[context + 1]++;
    }
    Arrays.parallelPrefix(entryStart, Integer::sum);
    return new NGramCounts(sizes, older, childStart, entryStart, tokens, counts);
  }

  private static long pair(int context, int token) {
    return (long) context << Integer.SIZE | token;
  }

  private static final class Cursor {
    int next;
  }
}
