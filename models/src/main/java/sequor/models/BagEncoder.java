package sequor.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import sequor.nn.Embedding;
import sequor.nn.Inspection;
import sequor.nn.Parts;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// A text as the mean of the vectors of its n-grams, whatever their order: quick to learn, and hard
/// to beat where single phrases tell the answer.
///
/// ```
/// last = 1/|G| · Σ_{g ∈ G} E[g]        G: all runs of 1 to N tokens
/// ```
///
/// A single token has a row of E of its own; longer n-grams share rows by a hash, so that there are
/// never more than so many. A step only touches the rows of its batch.
///
/// Vectors that are known are those of the tokens; where these are frozen, n-grams still learn.
///
/// Source: Joulin et al., *Bag of tricks for efficient text classification* (2017), section 2.
public final class BagEncoder implements Encoder {
  /// @param embeddingSize H
  /// @param longest N, in tokens
  /// @param buckets how many rows the n-grams of two tokens and more share
  /// @param tokenDropout the share of n-grams that are left out in training
  public record Config(
      @Setting(
              value = "64",
              min = 1,
              max = 1 << 14,
              about = "of an n-gram's vector; with vectors, theirs")
          int embeddingSize,
      @Setting(value = "2", min = 1, max = 12, about = "tokens of an n-gram at most") int longest,
      @Setting(
              value = "200000",
              min = 1,
              max = 1 << 26,
              about = "vectors that n-grams of two tokens and more share")
          int buckets,
      @Setting(value = "0.0", min = 0, max = 0.99, about = "share of n-grams hidden in training")
          float tokenDropout)
      implements EncoderConfig {

    /// N-grams of 1 to `longest` tokens.
    public static Config of(int embeddingSize, int longest) {
      var standard = Settings.defaults(Config.class);
      return new Config(embeddingSize, longest, standard.buckets, standard.tokenDropout);
    }

    @Override
    public Config withEmbeddingSize(int size) {
      return new Config(size, longest, buckets, tokenDropout);
    }

    @Override
    public String kind() {
      return BagKind.NAME;
    }

    @Override
    public Encoder build(InputSize size, RandomGenerator random) {
      return new BagEncoder(this, size, random);
    }
  }

  private final Config config;
  private final InputSize size;
  private final Embedding embedding; // (V + buckets, H)

  private BagEncoder(Config config, InputSize size, RandomGenerator random) {
    if (size.width() > 0) {
      throw new ModelException(
          "encoder bag: expected ids, got numbers; take another encoder, such as recurrent");
    }
    this.config = config;
    this.size = size;
    int rows = size.vocabulary() + (config.longest > 1 ? config.buckets : 0);
    this.embedding = new Embedding(rows, config.embeddingSize, size.pad(), random).sparse();
    float[] small = embedding.weight().toArray(); // a mean of many needs no large numbers
    for (int i = 0; i < small.length; i++) {
      small[i] /= config.embeddingSize;
    }
    embedding.weight().assign(small);
    size.vectors().ifPresent(this::begin);
  }

  private void begin(TokenVectors vectors) {
    vectors.requireFit(size.vocabulary(), config.embeddingSize);
    var weight = embedding.weight();
    weight.assign(vectors.over(weight.toArray(), size.pad()));
    weight.requiresGrad(!vectors.isFrozen() || config.longest > 1);
  }

  @Override
  public int hiddenSize() {
    return config.embeddingSize;
  }

  /// The n-grams of a batch, at the steps where they end.
  ///
  /// @param rows of the table; the pad's where there is none, or training hides it // (B,T,N)
  /// @param scale what those count for that are there
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Bag(int[] rows, Spans spans, float scale) {}

  @Override
  public Encoded encode(Inputs inputs) {
    var bag = bag(inputs);
    int batch = bag.spans.batch();
    int steps = bag.spans.steps();
    var scale = Inspection.scale();
    if (scale.isPresent()) {
      var each = scaled(bag, scale.get()).sum(2); // (B,T,H)
      var last = each.sum(1).times(shares(bag));
      return new Encoded(each.dividedBy(config.longest), bag.spans, last);
    }
    int[] starts = new int[batch * steps];
    Arrays.setAll(starts, step -> step * config.longest);
    var hidden = sums(bag, starts).dividedBy(config.longest); // (B·T,H)
    return new Encoded(hidden.reshape(batch, steps, config.embeddingSize), bag.spans, mean(bag));
  }

  @Override
  public Tensor last(Inputs inputs) {
    return Inspection.scale().isPresent() ? encode(inputs).last() : mean(bag(inputs)); // (B,H)
  }

  /// The vectors of n-grams, each multiplied by the mean of what its tokens are multiplied by.
  ///
  /// @param scale (B,T,1)
  /// @return (B,T,N,H)
  private Tensor scaled(Bag bag, Tensor scale) {
    int batch = bag.spans.batch();
    int steps = bag.spans.steps();
    var means = new ArrayList<Tensor>();
    var sum = scale;
    for (int n = 0; n < config.longest; n++) {
      means.add(sum.dividedBy(n + 1));
      int back = Math.min(steps, n + 1);
      var before = scale.slice(1, 0, steps - back);
      sum = sum.plus(Tensor.concat(1, List.of(Tensor.zeros(batch, back, 1), before)));
    }
    float[] there = new float[bag.rows.length];
    for (int i = 0; i < there.length; i++) {
      there[i] = bag.rows[i] == size.pad() ? 0 : 1;
    }
    var weights =
        Tensor.stack(2, means) // (B,T,N,1)
            .times(Tensor.of(there, batch, steps, config.longest, 1));
    var rows = Ids.of(bag.rows, batch, steps, config.longest);
    return embedding.weight().embedding(rows).times(weights).times(bag.scale);
  }

  private Bag bag(Inputs inputs) {
    var spans = inputs.spans(Inputs.TEXT);
    int[] rows = rows(inputs.ids(Inputs.TEXT).toArray(), spans);
    float scale = 1;
    if (config.tokenDropout > 0) {
      float[] kept = Tensor.ones(rows.length).dropout(config.tokenDropout).toArray();
      for (int i = 0; i < rows.length; i++) {
        rows[i] = kept[i] == 0 ? size.pad() : rows[i];
        scale = Math.max(scale, kept[i]); // 1 where nothing is hidden
      }
    }
    return new Bag(rows, spans, scale);
  }

  /// The mean of the n-grams of each text. // (B,H)
  private Tensor mean(Bag bag) {
    int[] starts = new int[bag.spans.batch()];
    Arrays.setAll(starts, b -> b * bag.spans.steps() * config.longest);
    return sums(bag, starts).times(shares(bag));
  }

  /// One by how many n-grams a text has. // (B,1)
  private Tensor shares(Bag bag) {
    float[] share = new float[bag.spans.batch()];
    for (int b = 0; b < share.length; b++) {
      share[b] = 1f / Math.max(1, count(bag.spans.length(b)));
    }
    return Tensor.of(share, share.length, 1);
  }

  /// @param starts where in the rows each sum begins
  private Tensor sums(Bag bag, int[] starts) { // (sums,H)
    var weight = embedding.weight();
    boolean partly =
        config.longest > 1 && size.vectors().filter(TokenVectors::isFrozen).isPresent();
    var sums = sums(partly ? weight.detach() : weight, bag.rows, starts, 0);
    if (partly) { // n-grams go on learning: nothing is added but the way of their gradient
      var ngrams = sums(weight, bag.rows, starts, size.vocabulary());
      sums = sums.plus(ngrams.minus(ngrams.detach()));
    }
    return sums.times(bag.scale);
  }

  /// Sums of the rows from `first` on.
  private Tensor sums(Tensor table, int[] rows, int[] starts, int first) {
    int[] chosen = new int[rows.length];
    int[] offsets = new int[starts.length];
    int next = 0;
    for (int sum = 0; sum < starts.length; sum++) {
      offsets[sum] = next;
      int end = sum + 1 < starts.length ? starts[sum + 1] : rows.length;
      for (int i = starts[sum]; i < end; i++) {
        if (rows[i] != size.pad() && rows[i] >= first) {
          chosen[next++] = rows[i];
        }
      }
    }
    return table.embeddingBag(Ids.of(Arrays.copyOf(chosen, next)), Ids.of(offsets));
  }

  /// The row of each n-gram, at the step where it ends; the pad where it would begin too early.
  private int[] rows(int[] ids, Spans spans) {
    int steps = spans.steps();
    int[] rows = new int[ids.length * config.longest];
    Arrays.fill(rows, size.pad());
    for (int b = 0; b < spans.batch(); b++) {
      for (int t = spans.start(b); t < spans.end(b); t++) {
        int at = (b * steps + t) * config.longest;
        rows[at] = ids[b * steps + t];
        long hash = ids[b * steps + t];
        for (int n = 1; n < config.longest && t - n >= spans.start(b); n++) {
          hash = mix(hash * 1_000_003 + ids[b * steps + t - n]);
          rows[at + n] = size.vocabulary() + (int) Long.remainderUnsigned(hash, config.buckets);
        }
      }
    }
    return rows;
  }

  /// SplitMix64's finalizer.
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /// How many n-grams so many tokens have.
  private int count(int tokens) {
    int count = 0;
    for (int n = 0; n < config.longest; n++) {
      count += Math.max(0, tokens - n);
    }
    return count;
  }

  @Override
  public Parts parts() {
    return Parts.of("embedding", embedding);
  }
}
