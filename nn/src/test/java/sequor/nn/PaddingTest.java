package sequor.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.Seed;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;
import sequor.testkit.Generators;
import sequor.testkit.Twins;

/// A row of a padded batch gets the answer, and gives the gradients, that it gets and gives alone.
class PaddingTest {
  private static final int BATCH = 4;
  private static final int STEPS = 6;

  @ParameterizedTest
  @EnumSource
  void paddedOnTheRight(Layers kind) {
    check(kind.make(), Spans.right(new int[] {6, 2, 0, 5}, STEPS), 1);
  }

  @ParameterizedTest
  @EnumSource
  void paddedOnTheLeft(Layers kind) {
    check(kind.make(), Spans.left(new int[] {1, 6, 3, 0}, STEPS), 2);
  }

  @ParameterizedTest
  @EnumSource
  void allEmpty(Layers kind) {
    check(kind.make(), Spans.right(new int[BATCH], STEPS), 3);
  }

  @Property(tries = 100)
  void paddedAnyhow(@ForAll Layers kind, @ForAll @IntRange(max = 10_000) int seed) {
    check(kind.make(), new Generators(seed).spans(BATCH, STEPS), seed);
  }

  private static <S extends RecurrentState<S>> void check(
      Recurrent<S> layer, Spans spans, long seed) {
    var random = new Seed(seed).generator();
    var x = Tensor.randn(random, BATCH, STEPS, Layers.INPUT); // padding holds numbers too
    var initial = Layers.randomState(layer, BATCH, random);

    var batch = run(layer, x, initial, spans);
    var summed = new LinkedHashMap<String, Tensor>();
    for (int row = 0; row < BATCH; row++) {
      var alone = runAlone(layer, x, initial, spans, row);
      compareRow(batch, alone, spans, row);
      for (var name : layer.parameters().keySet()) {
        summed.merge(name, alone.gradient(name), Tensor::plus);
      }
    }
    summed.forEach((name, gradient) -> Twins.assertClose(gradient, batch.gradient(name), 100));
  }

  private static <S extends RecurrentState<S>> Seen run(
      Recurrent<S> layer, Tensor x, S initial, Spans spans) {
    return Seen.of(
        Seen.leaves(layer, x, initial),
        () -> {
          var output = layer.forward(x, initial, spans);
          return Seen.results(output.hidden(), output.last());
        });
  }

  private static <S extends RecurrentState<S>> Seen runAlone(
      Recurrent<S> layer, Tensor x, S initial, Spans spans, int row) {
    var real = row(x, row).slice(1, spans.start(row), spans.end(row)).copy();
    var state = initial.with(initial.tensors().stream().map(t -> row(t, row).copy()).toList());
    return run(layer, real, state, Spans.full(1, spans.length(row)));
  }

  private static void compareRow(Seen batch, Seen alone, Spans spans, int row) {
    var hidden = row(batch.results().getFirst(), row);
    compareSteps(alone.results().getFirst(), hidden, spans, row);
    compareSteps(alone.gradient("x"), row(batch.gradient("x"), row), spans, row);
    for (int i = 0; i < alone.results().size() - 1; i++) {
      Twins.assertClose(alone.results().get(i + 1), row(batch.results().get(i + 1), row), 10);
      var name = "state" + i;
      Twins.assertClose(alone.gradient(name), row(batch.gradient(name), row), 100);
    }
  }

  /// The real steps are those of the row alone, the others are 0.
  private static void compareSteps(Tensor alone, Tensor padded, Spans spans, int row) {
    Twins.assertClose(alone, padded.slice(1, spans.start(row), spans.end(row)), 100);
    assertZero(padded.slice(1, 0, spans.start(row)));
    assertZero(padded.slice(1, spans.end(row), STEPS));
  }

  private static Tensor row(Tensor batch, int row) {
    return batch.slice(0, row, row + 1);
  }

  private static void assertZero(Tensor padding) {
    assertThat(padding.toArray()).isEqualTo(new float[padding.shape().size()]);
  }
}
