package sequor.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.kernels.Floats;
import sequor.kernels.Recurrences.Cell;

/// A training step uses the memory of the step before.
class TapeMemoryTest {
  private static final int BATCH = 32;
  private static final int STEPS = 20;
  private static final int SIZE = 64;

  private final Seed seed = new Seed(1);
  private final Tensor x = Tensor.randn(seed.generator(), BATCH, STEPS, SIZE);
  private final Recurrence.Weights weights =
      new Recurrence.Weights(
          parameter(4 * SIZE, SIZE),
          parameter(4 * SIZE, SIZE),
          parameter(4 * SIZE),
          parameter(4 * SIZE));
  private final Recurrence.State zero =
      new Recurrence.State(Tensor.zeros(BATCH, SIZE), Tensor.zeros(BATCH, SIZE));

  private Tensor parameter(int... dims) {
    return Tensor.uniform(seed.generator(), -0.1f, 0.1f, dims).requiresGrad(true);
  }

  private void step() {
    try (var tape = Tape.open(seed.generator())) {
      var spans = Spans.full(BATCH, STEPS);
      var hidden = Recurrence.run(Cell.LSTM, x, weights, zero, spans, false).hidden();
      tape.backward(hidden.dropout(0.1f).tanh().square().mean());
    }
    weights.inputs().clearGrad();
    weights.hidden().clearGrad();
    weights.inputBias().clearGrad();
    weights.hiddenBias().clearGrad();
  }

  @Test
  void aStepAllocatesNoBufferAfterTheFirst() {
    step();
    int made = Pool.ofThisThread().made();
    var gradient = gradientBuffer();
    for (int i = 0; i < 5; i++) {
      step();

      assertThat(Pool.ofThisThread().made()).isEqualTo(made);
      assertThat(gradientBuffer()).isSameAs(gradient);
    }
    assertThat(made).isGreaterThan(5);
  }

  private Floats gradientBuffer() {
    return weights.inputs().sink();
  }

  @Test
  void memoryFromTheTapeBeforeMakesNoDifference() {
    var w = Tensor.of(new float[] {1, 2, 3}).requiresGrad(true);
    float[] first = new float[0];
    for (int i = 0; i < 3; i++) {
      try (var tape = Tape.open()) {
        var filler = Tensor.ones(3).times(Float.NaN); // the next tape is handed this buffer
        assertThat(filler.get(0)).isNaN();
        tape.backward(w.square().times(w).sum());
        float[] gradient = w.grad().toArray();
        first = i == 0 ? gradient : first;
        assertThat(gradient).containsExactly(first);
      }
      w.clearGrad();
    }
  }

  @Test
  void thePoolGivesBackWhatItWasGiven() {
    var pool = new Pool();
    var buffer = pool.take(100);
    pool.give(buffer);

    assertThat(pool.take(101)).isSameAs(buffer);
    assertThat(pool.take(100)).isNotSameAs(buffer);
  }

  @Test
  void thePoolLendsABufferThatIsHalfAsLargeAgainButNoLarger() {
    var pool = new Pool();
    var buffer = pool.take(1500);
    pool.give(buffer);

    assertThat(pool.take(600)).isNotSameAs(buffer);
    assertThat(pool.take(1100)).isSameAs(buffer);
  }

  @Test
  void stepsOfManySizesLeaveThePoolFlat() {
    var pool = Pool.ofThisThread();
    long largest = 0;
    for (int i = 0; i < 200; i++) {
      int rows = 1 + i * 37 % 200;
      try (var _ = Tape.open()) {
        Tensor.ones(rows, 1000).tanh().square().plus(1);
      }
      largest = Math.max(largest, 3L * Pool.rounded(rows * 1000));
    }
    assertThat(pool.idle()).isLessThanOrEqualTo(2 * largest);
  }

  @Test
  void oneLargeStepIsForgotten() {
    var pool = Pool.ofThisThread();
    Tape.releaseMemory();
    try (var _ = Tape.open()) {
      Tensor.ones(1_000_000).tanh();
    }
    assertThat(pool.idle()).isGreaterThanOrEqualTo(1_000_000);
    for (int i = 0; i < 400; i++) {
      try (var _ = Tape.open()) {
        Tensor.ones(1000).tanh();
      }
    }
    assertThat(pool.idle()).isLessThan(10_000);

    Tape.releaseMemory();
    assertThat(pool.idle()).isZero();
  }

  @Test
  void thePoolWastesAtMostAQuarter() {
    for (int length = 0; length < 5000; length++) {
      int rounded = Pool.rounded(length);
      assertThat(rounded).isGreaterThanOrEqualTo(length);
      assertThat(rounded).isLessThanOrEqualTo(Math.max(length + 15, length + length / 4 + 1));
      assertThat(Pool.rounded(rounded)).isEqualTo(rounded);
    }
    assertThat(Pool.rounded(Integer.MAX_VALUE - 64)).isEqualTo(Integer.MAX_VALUE - 64);
  }
}
