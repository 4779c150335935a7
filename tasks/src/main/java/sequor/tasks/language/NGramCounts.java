package sequor.tasks.language;

import java.util.Arrays;
import sequor.tasks.TaskException;

/// The counts of an n-gram model, sorted, in flat arrays: 8 bytes an entry, 12 a context.
///
/// Contexts are nodes of a tree that reads backwards: the root is the empty context, a child is its
/// parent with one older token before it. They are numbered level by level, within a level by
/// parent and then by token, so that the same n-grams have the same arrays, whatever the order in
/// which they were met. The children of a context lie side by side, and so do its entries.
final class NGramCounts {
  /// What look-ups answer for an n-gram that was never met.
  static final int NONE = -1;

  static final int ROOT = 0;

  /// The longest n-gram, and the number of tokens V. The number V itself, as an older token, is the
  /// start of a sequence.
  record Sizes(int order, int vocabularySize) {
    static final int MOST_ORDER = Byte.MAX_VALUE;

    Sizes {
      if (order < 1 || order > MOST_ORDER) {
        throw new TaskException(
            "Kneser-Ney: expected an order from 1 to %d, got %d; give one such as 5"
                .formatted(MOST_ORDER, order));
      }
      if (vocabularySize < 1) {
        throw new TaskException(
            "Kneser-Ney: expected a vocabulary of 1 or more, got %d; give the number of tokens"
                .formatted(vocabularySize));
      }
    }
  }

  final Sizes sizes;
  final int[] older; // [context] the token that it has before its parent's; unused at the root
  final int[] childStart; // [context] its first child; [contexts] how many contexts there are
  final int[] entryStart; // [context] its first entry; [contexts] how many entries there are
  final int[] tokens; // [entry] the next token, ascending within a context
  final int[] counts; // [entry] N(c w), at least 1
  private final int[] levelStart; // [depth] the first context with so many tokens, up to order

  /// Takes the arrays, which must be as described; they are not copied.
  NGramCounts(
      Sizes sizes, int[] older, int[] childStart, int[] entryStart, int[] tokens, int[] counts) {
    this.sizes = sizes;
    this.older = older;
    this.childStart = childStart;
    this.entryStart = entryStart;
    this.tokens = tokens;
    this.counts = counts;
    this.levelStart = new int[sizes.order() + 1];
    for (int k = 1; k < levelStart.length; k++) {
      levelStart[k] = childStart[levelStart[k - 1]];
    }
  }

  int contexts() {
    return older.length;
  }

  int entries() {
    return tokens.length;
  }

  /// The first context of `depth` tokens; those of one more follow, from 0 to the order.
  int levelStart(int depth) {
    return levelStart[depth];
  }

  /// The context with one older token before it, or [#NONE].
  int child(int context, int token) {
    return found(older, childStart[context], childStart[context + 1], token);
  }

  /// The entry of a token after a context, or [#NONE].
  int entry(int context, int token) {
    return found(tokens, entryStart[context], entryStart[context + 1], token);
  }

  private static int found(int[] sorted, int from, int to, int token) {
    return Math.max(Arrays.binarySearch(sorted, from, to, token), NONE);
  }
}
