package sequor.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.Seed;
import sequor.nn.CrossEntropyLoss;
import sequor.tensor.GradientCheck;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
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
  void aReaderSaysWhatTheWholeTextSays(CellKind cell) {
    var model = model(cell, 3);
    var hidden = model.hidden(Ids.of(TEXT, 1, 5), label(2), Spans.full(1, 5)); // (1,T,H)
    var next = model.head().forward(hidden).softmax(); // (1,T,V)

    var reader = model.reader(2);
    for (int t = 0; t < TEXT.length; t++) {
      Twins.assertClose(next.select(1, t).select(0, 0), reader.apply(new int[] {TEXT[t]}), 10);
    }
    var fast = model.reader(2);
    Twins.assertClose(next.select(1, 1).select(0, 0), fast.apply(Arrays.copyOf(TEXT, 2)), 10);
    Twins.assertClose(
        next.select(1, 4).select(0, 0), fast.apply(Arrays.copyOfRange(TEXT, 2, 5)), 10);
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
