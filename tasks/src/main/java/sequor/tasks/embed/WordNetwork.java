package sequor.tasks.embed;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import sequor.Seed;
import sequor.nn.Embedding;
import sequor.nn.Linear;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.tasks.TaskException;
import sequor.tensor.Ids;
import sequor.tensor.Tensor;
import sequor.vectors.WordVectors;

/// Word vectors inside a network, as textbooks show them on texts of some dozen words.
///
/// ```
/// joined     [E[w₋₂]; E[w₋₁]; E[w₁]; E[w₂]] → linear 64 → relu → linear V → −ln softmax[w₀]
/// one_table  (E[w₀]·E[c] − t)²       t is 1 for a word c that stands around w₀, 0 for one drawn
/// ```
///
/// Source of the first: Bengio et al., *A neural probabilistic language model* (2003), section 2,
/// with words on both sides.
final class WordNetwork implements NnModule, Learned {
  private static final int HIDDEN = 64;

  private final Lexicon lexicon;
  private final Embedding words; // (V,D)
  private final Linear hidden; // (64,2W·D)
  private final Linear output; // (V,64)
  private final boolean joined;

  WordNetwork(Lexicon lexicon, EmbedModel model, Seed seed) {
    var random = seed.generator();
    this.lexicon = lexicon;
    this.joined = model.method() == EmbedModel.Method.JOINED;
    int size = model.dimension();
    this.words =
        Embedding.of(
            Tensor.randn(random, lexicon.size(), size).times(1f / size).requiresGrad(true));
    this.hidden = new Linear(joined ? 2 * model.window() * size : 1, HIDDEN, random);
    this.output = new Linear(HIDDEN, joined ? lexicon.size() : 1, random);
  }

  /// What it costs to tell words by those around them.
  ///
  /// @param around (B,2W)
  /// @param middle (B)
  Tensor joined(Ids around, Ids middle) {
    var x = words.forward(around).flatten(1, 2); // (B,2W·D)
    return output.forward(hidden.forward(x).relu()).crossEntropy(middle); // (B,V)
  }

  /// What it costs to tell the words around from drawn ones.
  ///
  /// @param middle (B,1)
  /// @param others (B,C)
  /// @param targets (B,C) of 1 and 0
  Tensor oneTable(Ids middle, Ids others, Tensor targets) {
    var scores = words.forward(others).times(words.forward(middle)).sum(-1); // (B,C)
    return scores.minus(targets).square().mean();
  }

  @Override
  public Parts parts() {
    var parts = Parts.of("words", words);
    return joined ? parts.and("hidden", hidden).and("output", output) : parts;
  }

  @Override
  public long parameterCount() {
    return parameters().values().stream().mapToLong(each -> each.shape().size()).sum();
  }

  @Override
  public IntFunction<float[]> current() {
    int size = words.weight().dim(1);
    float[] all = words.weight().toArray();
    return word -> Arrays.copyOfRange(all, word * size, (word + 1) * size);
  }

  @Override
  public WordVectors vectors() {
    return WordVectors.of(lexicon.words(), words.weight().dim(1), words.weight().toArray());
  }

  @Override
  public Map<String, Tensor> tensors() {
    return parameters();
  }

  @Override
  public void load(Map<String, Tensor> tensors) {
    for (var each : parameters().entrySet()) {
      var saved = Objects.requireNonNull(tensors.get(each.getKey()), each.getKey());
      if (!saved.shape().equals(each.getValue().shape())) {
        throw new TaskException(
            "embed: expected a checkpoint with %s of %s, got %s; resume with the recipe that it began with"
                .formatted(each.getKey(), each.getValue().shape(), saved.shape()));
      }
      each.getValue().assign(saved);
    }
  }
}
