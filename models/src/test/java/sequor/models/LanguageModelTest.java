package sequor.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.Seed;
import sequor.nn.CrossEntropyLoss;
import sequor.tensor.GradientCheck;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.testkit.Twins;

class LanguageModelTest {
  private static final int V = 9;
  private static final InputSize SIZE = InputSize.ofIds(V, 0);
  private static final int[] TEXT = {2, 5, 6, 7, 5};

  private static LanguageModel<?> model(CellKind cell, int labels) {
    return LanguageModel.of(
        LanguageModel.Config.of(cell, 6), SIZE, labels, new Seed(4).generator());
  }

  private static Ids label(int label) {
    return Ids.of(new int[] {label});
  }

  /// Read whole, or step by step, or some steps at a time.
  @ParameterizedTest
  @EnumSource
  void stepsSayWhatTheWholeTextSays(CellKind cell) {
    var model = model(cell, 3);
    var whole = model.hidden(Ids.of(TEXT, 1, 5), label(2), Spans.full(1, 5)); // (1,T,H)

    for (int[] lengths : new int[][] {{1, 1, 1, 1, 1}, {2, 3}, {4, 1}}) {
      var state = model.initialState(label(2)).tensors();
      int from = 0;
      for (int length : lengths) {
        var ids = Ids.of(Arrays.copyOfRange(TEXT, from, from + length), 1, length);
        var stretch = model.stretch(ids, state, Spans.full(1, length));
        Twins.assertClose(whole.slice(1, from, from + length), stretch.hidden(), 10);
        state = stretch.state();
        from += length;
      }
    }
  }

  /// Chunks through which the state is carried, with the gradient, are the whole text.
  @ParameterizedTest
  @EnumSource
  void chunksThatAreCarriedOnEqualTheWhole(CellKind cell) {
    var model = model(cell, 0);
    float[] whole;
    try (var tape = Tape.open()) {
      var hidden = model.stretch(Ids.of(TEXT, 1, 5), List.of(), Spans.full(1, 5)).hidden();
      tape.backward(loss(model, hidden));
      whole = gradients(model);
    }
    float[] carried;
    float[] cut;
    try (var tape = Tape.open()) {
      tape.backward(loss(model, inChunks(model, state -> state)));
      carried = gradients(model);
    }
    try (var tape = Tape.open()) {
      tape.backward(loss(model, inChunks(model, Tensor::copy)));
      cut = gradients(model);
    }

    assertThat(carried).containsExactly(whole, within(1e-5f));
    assertThat(cut).isNotEqualTo(carried);
    Twins.assertClose(
        model.stretch(Ids.of(TEXT, 1, 5), List.of(), Spans.full(1, 5)).hidden(),
        inChunks(model, Tensor::copy),
        10);
  }

  /// Two steps, two steps and one.
  private static Tensor inChunks(LanguageModel<?> model, UnaryOperator<Tensor> between) {
    var hidden = new ArrayList<Tensor>();
    List<Tensor> state = List.of();
    for (int from = 0; from < TEXT.length; from += 2) {
      int to = Math.min(TEXT.length, from + 2);
      var ids = Ids.of(Arrays.copyOfRange(TEXT, from, to), 1, to - from);
      var stretch = model.stretch(ids, state, Spans.full(1, to - from));
      hidden.add(stretch.hidden());
      state = stretch.state().stream().map(between).toList();
    }
    return Tensor.concat(1, hidden); // (1,T,H)
  }

  private static Tensor loss(LanguageModel<?> model, Tensor hidden) {
    var logits = model.head().forward(hidden.select(0, 0)); // (T,V)
    return logits.crossEntropy(Ids.of(new int[] {5, 6, 7, 5, 3}));
  }

  /// All of them one behind the other, cleared.
  private static float[] gradients(LanguageModel<?> model) {
    var all =
        Tensor.concat(
            0,
            model.parameters().values().stream()
                .map(parameter -> parameter.grad().reshape(parameter.shape().size()))
                .toList());
    float[] values = all.toArray();
    model.parameters().values().forEach(Tensor::clearGrad);
    return values;
  }

  @ParameterizedTest
  @EnumSource
  void aLabelIsReadFromTheFirstStepOn(CellKind cell) {
    var model = model(cell, 3);
    var ids = Ids.of(TEXT, 1, 5);
    var one = model.hidden(ids, label(0), Spans.full(1, 5)).toArray();

    assertThat(model.hidden(ids, label(1), Spans.full(1, 5)).toArray()).isNotEqualTo(one);
    assertThat(model.parameters())
        .containsKeys("condition.labels.weight", "condition.state_0.weight")
        .hasSize(model(cell, 0).parameters().size() + 1 + 2 * states(cell));
  }

  /// How many tensors a state has.
  private static int states(CellKind cell) {
    return cell == CellKind.LSTM || cell == CellKind.S4D ? 2 : 1;
  }

  @Test
  void withoutLabelsNothingIsReadOfThem() {
    var model = model(CellKind.GRU, 0);
    var ids = Ids.of(TEXT, 1, 5);
    Twins.assertSameBits(
        model.hidden(ids, label(0), Spans.full(1, 5)),
        model.hidden(ids, label(7), Spans.full(1, 5)));
  }

  /// A text's own hidden states do not depend on what stands beside it.
  @Test
  void paddingChangesNothing() {
    var model = model(CellKind.LSTM, 3);
    var alone = model.hidden(Ids.of(TEXT, 1, 5), label(1), Spans.full(1, 5));
    int[] ids = Arrays.copyOf(TEXT, 14);
    System.arraycopy(new int[] {2, 8, 8, 8, 3, 4, 4}, 0, ids, 7, 7);
    var together =
        model.hidden(Ids.of(ids, 2, 7), Ids.of(new int[] {1, 0}), Spans.right(new int[] {5, 7}, 7));

    Twins.assertClose(alone.select(0, 0), together.select(0, 0).slice(0, 0, 5), 10);
  }

  // Tied models

  private static LanguageModel<?> tied(int embeddingSize) {
    var config =
        LanguageModel.Config.of(CellKind.LSTM, 6).withEmbeddingSize(embeddingSize).withTied();
    return LanguageModel.of(config, SIZE, 3, new Seed(4).generator());
  }

  /// logits = E·(P·h) + b, by plain products.
  @ParameterizedTest
  @ValueSource(ints = {4, 6})
  void whatATiedModelSaysIsByItsEmbedding(int embeddingSize) {
    var model = tied(embeddingSize);
    boolean projects = embeddingSize != 6;
    var names = model.parameters().keySet();
    assertThat(names).contains("embedding.weight", "head.bias").doesNotContain("head.weight");
    assertThat(names.contains("projection.weight")).isEqualTo(projects);
    assertThat(model.aliases()).containsExactly(Map.entry("head.weight", "embedding.weight"));
    assertThat(model.head().weight()).isSameAs(model.parameter("embedding.weight"));

    var hidden = model.hidden(Ids.of(TEXT, 1, 5), label(1), Spans.full(1, 5)); // (1,T,D)
    assertThat(hidden.dim(2)).isEqualTo(embeddingSize);
    var logits =
        hidden
            .matmul(model.parameter("embedding.weight").transpose())
            .plus(model.parameter("head.bias"));
    Twins.assertClose(logits, model.head().forward(hidden), 10);
  }

  /// Of the table both uses count: as what is read, and as what is said.
  @ParameterizedTest
  @ValueSource(ints = {4, 6})
  void gradientsOfATiedModelAreRight(int embeddingSize) {
    var model = tied(embeddingSize);
    var parameters = new LinkedHashMap<>(model.parameters());
    parameters.keySet().removeIf(name -> name.startsWith("condition"));
    GradientCheck.of(
            () -> {
              var hidden = model.hidden(Ids.of(TEXT, 1, 5), label(1), Spans.full(1, 5));
              var next = Ids.of(new int[] {5, 6, 7, 5, 3}, 1, 5);
              return new CrossEntropyLoss().of(hidden, model.head(), next);
            })
        .with(parameters)
        .run();
  }

  @Test
  void aTiedModelMayBeginWithVectorsThatStay() {
    var values = Tensor.randn(new Seed(1).generator(), V, 6).toArray();
    var size = SIZE.with(new TokenVectors(6, values, true));
    var config = LanguageModel.Config.of(CellKind.GRU, 6).withEmbeddingSize(6).withTied();
    var model = LanguageModel.of(config, size, 0, new Seed(4).generator());
    var table = model.parameter("embedding.weight");
    assertThat(table.slice(0, 1, V).toArray()).isEqualTo(Arrays.copyOfRange(values, 6, V * 6));
    assertThat(table.requiresGrad()).isFalse();
    assertThat(model.summary()).contains("(9,6) frozen");
  }
}
