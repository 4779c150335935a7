package sequor.models;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import sequor.nn.Init;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.tensor.Ids;
import sequor.tensor.Tensor;

/// What the tags that a word had in training say of it, added to what a network says: a network of
/// some layers forgets a word that it has seen once, and counts do not.
///
/// ```
/// scores_c = s[n] · log(1 + n_c / p_c)
/// ```
///
/// A word was seen n times, n_c of them with tag c, which a share p_c of all words has. How much
/// that counts, `s[n]`, is learned for words seen once, twice, and so on. In training the word at
/// hand is left out of its own counts, so that it is as new as it will be later.
public final class TagCounts implements NnModule {
  private static final int[] LEVELS = {1, 2, 3, 5, 10, 30}; // n from which each s holds

  private final Table table;
  private final long[] times; // n of each word
  private final double[] shares; // p
  private final Tensor scale; // (levels,1)

  /// Tags of words, by id.
  ///
  /// @param tags of each word, in any order; none of words that were not seen
  /// @param counts how often it had each of them
  /// @param all how many words of the training sentences have each tag
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  public record Table(int[][] tags, int[][] counts, long[] all) {
    /// How often each word was seen.
    public long[] times() {
      return Arrays.stream(counts)
          .mapToLong(some -> Arrays.stream(some).asLongStream().sum())
          .toArray();
    }
  }

  public TagCounts(Table table) {
    this.table = table;
    this.times = table.times();
    double words = Math.max(1, Arrays.stream(table.all).sum());
    this.shares = Arrays.stream(table.all).mapToDouble(count -> count / words).toArray();
    this.scale = Init.ones(LEVELS.length, 1);
  }

  /// What the counts say of words. // (B,T) → (B,T,C)
  Tensor scores(Ids words) {
    return scores(words, null);
  }

  /// The same where each word is left out of the counts.
  ///
  /// @param targets the tags that they have, below 0 where a step is padding // (B,T)
  Tensor scoresWithout(Ids words, Ids targets) {
    return scores(words, targets);
  }

  private Tensor scores(Ids words, @Nullable Ids targets) {
    int batch = words.shape().dim(0);
    int steps = words.shape().dim(1);
    int tags = table.all.length;
    float[] evidence = new float[batch * steps * tags];
    int[] levels = new int[batch * steps];
    for (int i = 0; i < levels.length; i++) {
      int word = words.get(i / steps, i % steps);
      int own = targets == null ? -1 : targets.get(i / steps, i % steps);
      levels[i] = level(times[word] - (own >= 0 ? 1 : 0));
      for (int k = 0; k < table.tags[word].length; k++) {
        int tag = table.tags[word][k];
        int count = table.counts[word][k] - (tag == own ? 1 : 0);
        evidence[i * tags + tag] = (float) StrictMath.log1p(count / shares[tag]);
      }
    }
    var scales = scale.embedding(Ids.of(levels, batch, steps)); // (B,T,1)
    return Tensor.of(evidence, batch, steps, tags).times(scales);
  }

  private static int level(long count) {
    int level = 0;
    while (level + 1 < LEVELS.length && LEVELS[level + 1] <= count) {
      level++;
    }
    return level;
  }

  @Override
  public Parts parts() {
    return Parts.of("scale", scale);
  }
}
