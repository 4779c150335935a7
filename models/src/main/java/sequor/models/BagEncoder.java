package sequor.models;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import sequor.nn.Embedding;
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

  @Override
  public Encoded encode(Inputs inputs) {
    var spans = inputs.spans(Inputs.TEXT);
    var vectors = vectors(inputs); // (B,T,N,H)
    var hidden = vectors.sum(2).dividedBy(config.longest); // (B,T,H)
    return new Encoded(hidden, spans, mean(vectors, spans));
  }

  @Override
  public Tensor last(Inputs inputs) {
    return mean(vectors(inputs), inputs.spans(Inputs.TEXT)); // (B,H)
  }

  /// The vectors of the n-grams that end at each step, 0 where there are none. // (B,T,N,H)
  private Tensor vectors(Inputs inputs) {
    var ids = inputs.ids(Inputs.TEXT); // (B,T)
    var spans = inputs.spans(Inputs.TEXT);
    var rows = Ids.of(rows(ids.toArray(), spans), spans.batch(), spans.steps(), config.longest);
    var vectors = looked(rows);
    if (config.tokenDropout == 0) {
      return vectors;
    }
    var kept = Tensor.ones(spans.batch(), spans.steps(), config.longest, 1);
    return vectors.times(kept.dropout(config.tokenDropout));
  }

  /// Of a table that is partly frozen, the rows of tokens are looked up where no gradient flows.
  private Tensor looked(Ids rows) {
    boolean frozen = size.vectors().filter(TokenVectors::isFrozen).isPresent();
    if (!frozen || config.longest == 1) {
      return embedding.forward(rows);
    }
    var ngrams = new int[rows.shape().size()];
    var tokens = rows.toArray();
    for (int i = 0; i < ngrams.length; i++) {
      ngrams[i] = tokens[i] < size.vocabulary() ? size.pad() : tokens[i];
      tokens[i] = tokens[i] < size.vocabulary() ? tokens[i] : size.pad(); // whose row is 0
    }
    int[] shape = rows.shape().dims();
    var known = embedding.weight().detach().embedding(Ids.of(tokens, shape));
    return embedding.forward(Ids.of(ngrams, shape)).plus(known);
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

  private Tensor mean(Tensor vectors, Spans spans) {
    float[] share = new float[spans.batch()];
    for (int b = 0; b < share.length; b++) {
      share[b] = 1f / Math.max(1, count(spans.length(b)));
    }
    return vectors
        .reshape(spans.batch(), spans.steps() * config.longest, config.embeddingSize)
        .sum(1)
        .times(Tensor.of(share, share.length, 1)); // (B,H)
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
