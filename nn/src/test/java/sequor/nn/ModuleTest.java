package sequor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.SequorException;
import sequor.tensor.Tensor;

/// Names, counts and the summary follow from the parts.
class ModuleTest {
  private final RandomGenerator random = new Seed(41).generator();

  @Test
  void namesOfAStackedBidirectionalLstm() {
    var bottom = new Bidirectional<>(new Lstm(3, 4, random), new Lstm(3, 4, random));
    var top = new Bidirectional<>(new Lstm(8, 4, random), new Lstm(8, 4, random));
    var parameters = new Stacked<>(List.of(bottom, top), 0.1f).parameters();
    assertThat(parameters.keySet())
        .containsExactly(
            "weight_ih_l0",
            "weight_hh_l0",
            "bias_ih_l0",
            "bias_hh_l0",
            "weight_ih_l0_reverse",
            "weight_hh_l0_reverse",
            "bias_ih_l0_reverse",
            "bias_hh_l0_reverse",
            "weight_ih_l1",
            "weight_hh_l1",
            "bias_ih_l1",
            "bias_hh_l1",
            "weight_ih_l1_reverse",
            "weight_hh_l1_reverse",
            "bias_ih_l1_reverse",
            "bias_hh_l1_reverse");
  }

  @Test
  void namesOfCellsHaveNoLayer() {
    assertThat(new GruCell(3, 4, random).parameters().keySet())
        .containsExactly("weight_ih", "weight_hh", "bias_ih", "bias_hh");
  }

  @Test
  void readingBackwardsChangesNoName() {
    var lstm = new Bidirectional<>(new Lstm(3, 4, random), new Lstm(3, 4, random));
    assertThat(lstm.reversed().parameters()).containsExactlyEntriesOf(lstm.parameters());
  }

  @Test
  void aCellAndItsSequenceShareTheirParameters() {
    var lstm = new Lstm(3, 4, random);
    assertThat(lstm.cell().parameters().get("weight_hh"))
        .isSameAs(lstm.parameters().get("weight_hh_l0"));
  }

  @Test
  void aParameterIsFoundByItsName() {
    var linear = new Linear(3, 2, random);
    assertThat(linear.parameter("bias")).isSameAs(linear.parameters().get("bias"));
    assertThatThrownBy(() -> linear.parameter("biass"))
        .isInstanceOf(SequorException.class)
        .hasMessage("Linear: no parameter 'biass'; choose one of [weight, bias]");
  }

  /// The encoder of a small tagger, whose output layer is the embedding's table.
  private record Tied(Embedding embedding, Tensor scale, Linear head, Embedding output)
      implements NnModule {
    @Override
    public Parts parts() {
      return Parts.of("embedding", embedding)
          .and("head", head)
          .and("scale", scale)
          .and("output", output);
    }
  }

  private Tied tied() {
    var embedding = new Embedding(10, 4, random);
    return new Tied(embedding, Init.ones(1), new Linear(4, 2, random), embedding);
  }

  @Test
  void ownParametersComeFirstAndSharedOnesOnce() {
    assertThat(tied().parameters().keySet())
        .containsExactly("scale", "embedding.weight", "head.weight", "head.bias");
    assertThat(tied().parameterCount()).isEqualTo(1 + 40 + 8 + 2);
  }

  @Test
  void theOtherNamesOfSharedOnesAreAliases() {
    assertThat(tied().aliases()).containsExactly(Map.entry("output.weight", "embedding.weight"));
    assertThat(new Linear(2, 3, random).aliases()).isEmpty();
  }

  @Test
  void frozenOnesAreCountedAndNamed() {
    var model = Sequential.of(new Linear(2, 3, random), Activation.RELU, new Linear(3, 1, random));
    model.freeze(name -> name.startsWith("0.") || name.equals("2.bias"));
    assertThat(model.parameterCount()).isEqualTo(13);
    assertThat(model.trainableParameterCount()).isEqualTo(3);
    assertThat(model.summary())
        .isEqualTo(
            """
            Sequential                                                                13
            ├─ 0: Linear (3,2) frozen (3) frozen                                       9
            ├─ 1: Activation RELU                                                      0
            └─ 2: Linear (1,3) (1) frozen                                              4
            trainable                                                                  3
            """);
    model.thaw("0.bias"::equals);
    assertThat(model.trainableParameterCount()).isEqualTo(6);
    model.freeze();
    assertThat(model.trainableParameterCount()).isZero();
    model.thaw();
    assertThat(model.trainableParameterCount()).isEqualTo(13);
    assertThat(model.summary()).doesNotContain("frozen").doesNotContain("trainable");
    assertThatThrownBy(() -> model.freeze("1.weight"::equals))
        .isInstanceOf(SequorException.class)
        .hasMessage(
            "freeze: no parameter is chosen; choose some of [0.weight, 0.bias, 2.weight, 2.bias]");
    assertThatThrownBy(() -> model.thaw(String::isEmpty)).hasMessageContaining("thaw: no");
  }

  @Test
  void summary() {
    var model =
        new Tied(
            new Embedding(1000, 40, random),
            Init.ones(1),
            new Linear(4, 2, random),
            new Embedding(2, 3, random));
    var whole = Sequential.of(new Linear(2, 3, random), Activation.RELU);
    record Both(Tied tied, Sequential rest) implements NnModule {
      @Override
      public Parts parts() {
        return Parts.of("tied", tied).and("rest", rest);
      }
    }
    assertThat(new Both(model, whole).summary())
        .isEqualTo(
            """
            Both                                                                  40,026
            ├─ tied: Tied (1)                                                     40,017
            │  ├─ embedding: Embedding (1000,40)                                  40,000
            │  ├─ head: Linear (2,4) (2)                                              10
            │  └─ output: Embedding (2,3)                                              6
            └─ rest: Sequential                                                        9
               ├─ 0: Linear (3,2) (3)                                                  9
               └─ 1: Activation RELU                                                   0
            """);
  }

  @Test
  void partsRefuseNamesThatWouldNotBeFoundAgain() {
    var p = Init.zeros(1);
    assertThatThrownBy(() -> Parts.of("a.b", p))
        .isInstanceOf(SequorException.class)
        .hasMessage("parts: a name must not be empty or hold a dot, got 'a.b'");
    assertThatThrownBy(() -> Parts.of("", p)).hasMessageContaining("must not be empty");
    assertThatThrownBy(() -> Parts.of("a", p).and("a", new Linear(1, 1, random)))
        .isInstanceOf(SequorException.class)
        .hasMessage("parts: 'a' is there already; give each part a name of its own");
    assertThatThrownBy(() -> Parts.of("a", p).and(Parts.of("a", Init.zeros(1))))
        .hasMessageContaining("'a' is there already");
  }

  @Test
  void partsCannotBeChangedThroughTheirMaps() {
    var parts = Parts.of("a", Init.zeros(1));
    assertThatThrownBy(() -> parts.parameters().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> parts.modules().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
