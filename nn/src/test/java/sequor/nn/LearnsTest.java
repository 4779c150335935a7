package sequor.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.Seed;
import sequor.kernels.Updates;
import sequor.tensor.Ids;
import sequor.tensor.InPlace;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// Recurrent layers learn toy tasks that need what they are for.
class LearnsTest {
  private static final int BATCH = 32;
  private static final int STEPS = 6;

  private final RandomGenerator random = new Seed(71).generator();

  /// What the toy models are: a layer and a linear head over its states.
  private record Model(Recurrent<?> layer, Linear head) implements NnModule {
    @Override
    public Parts parts() {
      return Parts.of("layer", layer).and("head", head);
    }

    Tensor forward(Tensor x) {
      return head.forward(layer.forward(x).hidden()); // (B,T,C)
    }
  }

  /// Inputs (B,T,2), one of two symbols a step, and a class for every step; −100 for none.
  private record Task(Tensor x, Ids classes) {}

  @ParameterizedTest
  @EnumSource(names = {"RNN_TANH", "LSTM", "GRU"})
  void parityOfTheBitsSoFar(Layers kind) {
    assertThat(learned(layer(kind), this::parityOfBits, 400)).isGreaterThan(0.99);
  }

  @ParameterizedTest
  @EnumSource(names = {"RNN_TANH", "LSTM", "GRU", "S4D"})
  void theFirstSymbol(Layers kind) {
    assertThat(learned(layer(kind), this::firstSymbol, 200)).isGreaterThan(0.99);
  }

  /// Gates that do not look at their own layer's state cannot know which symbol is the first; they
  /// look at the state of the layer below.
  @ParameterizedTest
  @EnumSource(names = {"MIN_GRU", "MIN_LSTM", "RG_LRU"})
  void whatOneScanCannotTellTwoCan(Layers kind) {
    assertThat(learned(twoOf(kind), this::firstSymbol, 200)).isGreaterThan(0.99);
  }

  private Recurrent<?> twoOf(Layers kind) {
    var layers =
        switch (kind) {
          case MIN_GRU -> List.of(new MinGru(2, 16, random), new MinGru(16, 16, random));
          case MIN_LSTM -> List.of(new MinLstm(2, 16, random), new MinLstm(16, 16, random));
          default -> List.of(new RgLru(2, 16, random), new RgLru(16, 16, random));
        };
    return new Stacked<>(layers, 0);
  }

  /// What comes later decides what is said now: only a layer that reads both ways can know.
  @Test
  void theLastSymbolAtTheFirstStep() {
    var bothWays = new Bidirectional<>(new Gru(2, 16, random), new Gru(2, 16, random));
    assertThat(learned(bothWays, this::lastSymbolFirst, 150)).isGreaterThan(0.99);
  }

  private Recurrent<?> layer(Layers kind) {
    return switch (kind) {
      case RNN_TANH -> new Rnn(2, 16, random);
      case LSTM -> new Lstm(2, 16, random);
      case GRU -> new Gru(2, 16, random);
      case S4D -> new S4d(new S4dCell(2, 16, 16, random));
      default -> throw new IllegalArgumentException("no toy task for " + kind);
    };
  }

  private Task parityOfBits(int[] bits) {
    int[] classes = new int[bits.length];
    for (int i = 0; i < bits.length; i++) {
      classes[i] = i % STEPS == 0 ? bits[i] : classes[i - 1] ^ bits[i];
    }
    return task(bits, classes);
  }

  private Task firstSymbol(int[] bits) {
    int[] classes = nowhere();
    for (int row = 0; row < BATCH; row++) {
      classes[row * STEPS + STEPS - 1] = bits[row * STEPS];
    }
    return task(bits, classes);
  }

  private Task lastSymbolFirst(int[] bits) {
    int[] classes = nowhere();
    for (int row = 0; row < BATCH; row++) {
      classes[row * STEPS] = bits[row * STEPS + STEPS - 1];
    }
    return task(bits, classes);
  }

  private static int[] nowhere() {
    int[] classes = new int[BATCH * STEPS];
    Arrays.fill(classes, -100);
    return classes;
  }

  private static Task task(int[] bits, int[] classes) {
    float[] x = new float[bits.length * 2];
    for (int i = 0; i < bits.length; i++) {
      x[2 * i + bits[i]] = 1;
    }
    return new Task(Tensor.of(x, BATCH, STEPS, 2), Ids.of(classes, BATCH, STEPS));
  }

  private interface Maker {
    Task of(int[] bits);
  }

  /// The share of right answers on new rows after so many steps.
  private double learned(Recurrent<?> layer, Maker maker, int steps) {
    var model = new Model(layer, new Linear(layer.hiddenSize(), 2, random));
    var adam = new TestAdam(model.parameters(), 0.02f);
    for (int step = 0; step < steps; step++) {
      var task = maker.of(bits());
      try (var tape = Tape.open()) {
        tape.backward(new CrossEntropyLoss().of(model.forward(task.x), task.classes));
        adam.step();
      }
    }
    var unseen = maker.of(bits());
    return accuracy(model.forward(unseen.x).argmax().toArray(), unseen.classes.toArray());
  }

  private int[] bits() {
    return random.ints(BATCH * STEPS, 0, 2).toArray();
  }

  private static double accuracy(int[] said, int[] classes) {
    int asked = 0;
    int right = 0;
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] != -100) {
        asked++;
        right += said[i] == classes[i] ? 1 : 0;
      }
    }
    return (double) right / asked;
  }

  /// Adam on the bare kernels: the room of optimizers lies above this one.
  private static final class TestAdam {
    private record Slot(Tensor parameter, Tensor m, Tensor v) {}

    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final float rate;
    private long t;

    TestAdam(Map<String, Tensor> parameters, float rate) {
      this.rate = rate;
      parameters.forEach(
          (name, p) -> {
            int[] dims = p.shape().dims();
            slots.put(name, new Slot(p, Tensor.zeros(dims), Tensor.zeros(dims)));
          });
    }

    void step() {
      t++;
      for (var slot : slots.values()) {
        int n = slot.parameter.shape().size();
        var step = new Updates.Adam(n, rate, 0.9f, 0.999f, 1e-8f, 0, false, t);
        InPlace.adam(slot.parameter, slot.m, slot.v, step);
        slot.parameter.clearGrad();
      }
    }
  }
}
