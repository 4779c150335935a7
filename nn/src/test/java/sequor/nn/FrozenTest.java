package sequor.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.Seed;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.testkit.Twins;

/// A frozen parameter gets no gradient, and the others get the gradient that they had without it.
class FrozenTest {
  private final RandomGenerator random = new Seed(47).generator();

  @ParameterizedTest
  @EnumSource
  void anyOneParameterOfARecurrentLayer(Layers kind) {
    var layer = kind.make();
    var x = Tensor.randn(random, 3, 5, Layers.INPUT).requiresGrad(true);
    var spans = Spans.right(new int[] {5, 0, 3}, 5);
    for (var frozen : layer.parameters().keySet()) {
      check(layer, frozen, x, () -> layer.forward(x, spans).hidden());
    }
  }

  @Test
  void aTableUnderARecurrentLayer() {
    record Reader(Embedding embedding, Gru gru, LayerNorm norm, Linear head) implements NnModule {
      @Override
      public Parts parts() {
        return Parts.of("embedding", embedding).and("gru", gru).and("norm", norm).and("head", head);
      }
    }
    var reader =
        new Reader(
            new Embedding(4, 3, random),
            new Gru(3, 4, random),
            new LayerNorm(4),
            new Linear(4, 2, random));
    var none = Tensor.of(1);
    for (int steps : List.of(2, 40)) { // few look-ups, and so many that the table is projected
      var ids = Ids.of(random.ints(2L * steps, 0, 4).toArray(), 2, steps);
      for (var frozen : reader.parameters().keySet()) {
        check(
            reader,
            frozen,
            none,
            () -> {
              var hidden = reader.gru.forward(reader.embedding.forward(ids)).hidden();
              return reader.head.forward(reader.norm.forward(hidden)); // (B,T,2)
            });
      }
    }
  }

  private interface Forward {
    Tensor run();
  }

  private static void check(NnModule module, String frozen, Tensor x, Forward forward) {
    backward(forward);
    var parameters = module.parameters();
    var whole = parameters.keySet().stream().map(n -> module.parameter(n).grad()).toList();
    clear(module, x);

    module.freeze(frozen::equals);
    backward(forward);
    int i = 0;
    for (var name : parameters.keySet()) {
      if (name.equals(frozen)) {
        assertThat(module.parameter(name).hasGrad()).isFalse();
      } else {
        Twins.assertSameBits(whole.get(i), module.parameter(name).grad());
      }
      i++;
    }
    module.thaw();
    clear(module, x);
  }

  private static void backward(Forward forward) {
    try (var tape = Tape.open()) {
      tape.backward(forward.run().square().sum());
    }
  }

  private static void clear(NnModule module, Tensor x) {
    module.parameters().values().forEach(Tensor::clearGrad);
    x.clearGrad();
  }

  @Test
  void allFrozenButTheHead() {
    var body = new Linear(3, 4, random);
    var head = new Linear(4, 2, random);
    body.freeze();
    backward(() -> head.forward(body.forward(Tensor.randn(random, 5, 3)).tanh()));
    assertThat(body.parameters().values()).noneMatch(Tensor::hasGrad);
    assertThat(head.parameters().values()).allMatch(Tensor::hasGrad);
  }
}
