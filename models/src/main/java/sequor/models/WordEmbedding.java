package sequor.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import sequor.nn.Embedding;
import sequor.nn.Inspection;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tensor.Tensor;

/// Gives a word a vector of what it is and of how it is written, so that a word that nobody has
/// seen is known by its letters and its ending.
///
/// ```
/// x = [ E[word] ; letters → encoder → last ; 1/F · Σ_f A[feature f] ]        (B,T,D)
/// ```
///
/// In training a word that was seen n times is taken for unknown α/(α+n) of the time, which teaches
/// what to think of words that were not seen (Kiperwasser and Goldberg 2016, section 4.4, after
/// Iyyer et al. 2015). Letters are read once for each different word of a batch.
///
/// Sources: Ling et al., *Finding function in form* (2015), letters through an LSTM; Ma and Hovy,
/// *End-to-end sequence labeling via bi-directional LSTM-CNNs-CRF* (2016), through a convolution.
public final class WordEmbedding implements NnModule {
  /// The column of each word's letters (B·T,C).
  public static final String LETTERS = "letters";

  /// The column of each word's features (B·T,F): numbers from 1 to the buckets.
  public static final String FEATURES = "features";

  /// What reads the letters of a word.
  public enum Letters {
    NONE,
    RECURRENT,
    CONVOLUTION
  }

  /// @param unknownRate α
  /// @param letterSize of a letter's vector
  /// @param letterHidden of each direction of an LSTM, or of each width of windows
  /// @param longestWord how many letters are read, from both ends
  /// @param affixes of so many letters at most, before and behind
  /// @param affixSize of the vector of all features
  /// @param affixBuckets vectors that features share by a hash
  public record Config(
      @Setting(
              value = "0.25",
              min = 0,
              max = 1e6,
              about = "a: a word seen n times is read as unknown a/(a+n) of the time in training")
          float unknownRate,
      @Setting(value = "recurrent", about = "what reads letters: recurrent, convolution or none")
          Letters letters,
      @Setting(value = "32", min = 1, max = 1 << 12, about = "of a letter's vector") int letterSize,
      @Setting(value = "64", min = 1, max = 1 << 12, about = "of each direction, or each width")
          int letterHidden,
      @Setting(value = "0.0", min = 0, max = 0.99, about = "of the letters' vectors")
          float letterDropout,
      @Setting(value = "32", min = 2, max = 1 << 12, about = "letters; of longer words both ends")
          int longestWord,
      @Setting(value = "3", min = 0, max = 12, about = "letters of beginnings and ends; 0 for none")
          int affixes,
      @Setting(value = "32", min = 1, max = 1 << 12, about = "of their vector") int affixSize,
      @Setting(value = "10000", min = 1, max = 1 << 24, about = "vectors that they share")
          int affixBuckets) {
    /// What holds where nobody says otherwise.
    public static Config standard() {
      return Settings.defaults(Config.class);
    }

    /// How many features a word has; none where there are no affixes: those, and its shape.
    public int features() {
      return affixes == 0 ? 0 : 2 * affixes + 1;
    }

    private Optional<EncoderConfig> letterEncoder() {
      return switch (letters) {
        case NONE -> Optional.empty();
        case RECURRENT ->
            Optional.of(
                new RecurrentEncoder.Config(
                    CellKind.LSTM,
                    letterSize,
                    letterHidden,
                    1,
                    true,
                    0,
                    letterDropout,
                    0,
                    Connection.PLAIN));
        case CONVOLUTION ->
            Optional.of(
                new ConvolutionEncoder.Config(
                    letterSize, letterHidden, List.of(2, 3, 4), 0, letterDropout));
      };
    }
  }

  private final Config config;
  private final float[] rates; // of words taken for unknown, by id
  private final int unknown;
  private final TokenEmbedding embedding;
  private final Optional<Encoder> letters;
  private final Optional<Embedding> features; // (1 + buckets, affixSize)
  private final int width;

  /// @param words ids, and what their vectors begin as
  /// @param size of a word's own vector
  /// @param letters how many ids letters have, and their pad
  /// @param unknown the id of unknown words
  /// @param counts how often each word was seen in training, by id
  public WordEmbedding(
      Config config,
      InputSize words,
      int size,
      InputSize letters,
      int unknown,
      long[] counts,
      RandomGenerator random) {
    this.config = config;
    this.unknown = unknown;
    this.rates = new float[words.vocabulary()];
    for (int id = 0; id < counts.length; id++) {
      rates[id] = config.unknownRate / Math.max(1e-9f, config.unknownRate + counts[id]);
    }
    this.embedding = new TokenEmbedding(words, size, 0, 0, random);
    this.letters = config.letterEncoder().map(encoder -> encoder.build(letters, random));
    this.features =
        config.affixes == 0
            ? Optional.empty()
            : Optional.of(new Embedding(1 + config.affixBuckets, config.affixSize, 0, random));
    this.width =
        size
            + this.letters.map(Encoder::hiddenSize).orElse(0)
            + features.map(table -> config.affixSize).orElse(0);
  }

  /// D
  public int width() {
    return width;
  }

  /// The vectors of words. // (B,T,D)
  public Tensor forward(Inputs inputs) {
    return Inspection.read(Inspection.aside(() -> vectors(inputs)));
  }

  private Tensor vectors(Inputs inputs) {
    var words = inputs.ids(Inputs.TEXT); // (B,T)
    int batch = words.shape().dim(0);
    int steps = words.shape().dim(1);
    var parts = new ArrayList<Tensor>();
    parts.add(embedding.forward(words.replacedAtRandom(rates, unknown)));
    if (letters.isPresent()) {
      var each = DistinctRows.of(inputs.ids(LETTERS), inputs.spans(LETTERS));
      var read = letters.get().last(Inputs.of(Inputs.TEXT, each.rows(), each.spans())); // (U,H)
      parts.add(read.embedding(each.places().reshape(batch, steps))); // (B,T,H)
    }
    if (features.isPresent()) {
      var all = features.get().forward(inputs.ids(FEATURES)); // (B·T,F,A)
      parts.add(all.sum(1).dividedBy(config.features()).reshape(batch, steps, config.affixSize));
    }
    return Tensor.concat(-1, parts);
  }

  @Override
  public Parts parts() {
    var parts = Parts.of("embedding", embedding);
    letters.ifPresent(encoder -> parts.and("letters", encoder));
    features.ifPresent(table -> parts.and("affixes", table));
    return parts;
  }
}
