package sequor.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import sequor.kernels.Updates;

/// A gradient that would need numbers which are no longer there is refused, as PyTorch refuses it.
class ChangedInPlaceTest {
  private final Tensor w = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2).requiresGrad(true);

  /// Whether backward refuses after `y`, made by `f`, was changed so.
  private void refuses(UnaryOperator<Tensor> f, Consumer<Tensor> change, String message) {
    try (var tape = Tape.open()) {
      var y = f.apply(w);
      var loss = y.times(2).sum();
      change.accept(y);
      assertThatThrownBy(() -> tape.backward(loss))
          .isInstanceOf(TapeException.class)
          .hasMessage(message);
    }
    assertThat(w.hasGrad()).isFalse();
  }

  @Test
  void aResult() {
    refuses(
        Tensor::tanh,
        y -> y.assign(Tensor.full(100, 2, 2)),
        "backward: the result of tanh, a (2,2), was changed in place by assign after tanh had run,"
            + " and its gradient needs the old numbers — change it after backward, or compute with"
            + " a copy()");
  }

  @Test
  void aParameter() {
    refuses(
        x -> x.times(x),
        y -> w.assign(new float[4]),
        "backward: input 1 of Times, a (2,2), was changed in place by assign after Times had run,"
            + " and its gradient needs the old numbers — change it after backward, or compute with"
            + " a copy()");
  }

  @Test
  void throughAView() {
    for (var view : List.<UnaryOperator<Tensor>>of(x -> x.reshape(4), x -> x)) {
      refuses(
          Tensor::exp,
          y -> {
            var seen = view.apply(y.detach());
            seen.assign(Tensor.zeros(seen.shape().dims()));
          },
          "backward: the result of exp, a (2,2), was changed in place by assign after exp had run,"
              + " and its gradient needs the old numbers — change it after backward, or compute"
              + " with a copy()");
    }
  }

  @Test
  void byAnOptimizer() {
    var other = Tensor.ones(2, 2).requiresGrad(true);
    try (var tape = Tape.open()) {
      tape.backward(other.sum());
    }
    try (var tape = Tape.open()) {
      var loss = w.times(other).sum();
      InPlace.sgd(other, Tensor.zeros(0), new Updates.Sgd(4, 1, 0, 0, 0, false, true));
      assertThatThrownBy(() -> tape.backward(loss))
          .isInstanceOf(TapeException.class)
          .hasMessageStartingWith(
              "backward: input 2 of Times, a (2,2), was changed in place by Sgd");
    }
  }

  @Test
  void whatNoGradientNeedsMayChange() {
    var b = Tensor.ones(2, 2).requiresGrad(true);
    try (var tape = Tape.open()) {
      var y = w.plus(b);
      var doubled = y.times(2);
      var unused = w.tanh();
      b.assign(Tensor.zeros(2, 2));
      y.assign(Tensor.zeros(2, 2));
      unused.assign(Tensor.zeros(2, 2)); // not on the way to the loss
      assertThatCode(() -> tape.backward(doubled.sum())).doesNotThrowAnyException();
    }
    assertThat(w.grad().toArray()).containsOnly(2);
  }

  @Test
  void afterBackwardEverythingMayChange() {
    try (var tape = Tape.open()) {
      tape.backward(w.square().sum());
      w.assign(Tensor.zeros(2, 2));
    }
    assertThat(w.grad().toArray()).containsExactly(2, 4, 6, 8);
  }

  @Test
  void aGradientThatGetsLostInAnAssignmentIsRefused() {
    try (var tape = Tape.open()) {
      var y = w.plus(1);
      y.assign(Tensor.full(5, 2, 2)); // the true gradient is 0
      var loss = y.square().sum();
      assertThatThrownBy(() -> tape.backward(loss))
          .isInstanceOf(TapeException.class)
          .hasMessageStartingWith(
              "backward: an input of square, near a (2,2), was overwritten by assign while the tape"
                  + " was recording");
    }
    var buffer = Tensor.zeros(2, 2);
    try (var tape = Tape.open()) {
      buffer.assign(w.times(2)); // the true gradient is 3
      var loss = buffer.plus(w).sum();
      assertThatThrownBy(() -> tape.backward(loss))
          .isInstanceOf(TapeException.class)
          .hasMessageContaining("was overwritten by assign");
    }
    assertThat(w.hasGrad()).isFalse();
    try (var tape = Tape.open()) {
      tape.backward(buffer.plus(w).sum()); // of another tape, it is numbers like any
    }
    assertThat(w.grad().toArray()).containsOnly(1);
  }

  @Test
  void whatIsOverwrittenOnPurposeIsCutOff() {
    var buffer = Tensor.zeros(2, 2);
    try (var tape = Tape.open()) {
      Tape.noGrad(() -> buffer.assign(w.times(2)));
      tape.backward(buffer.plus(w).sum());
    }
    assertThat(w.grad().toArray()).containsOnly(1);
  }

  @Test
  void whatIsFrozenBeforeBackwardGetsNoGradient() {
    var other = Tensor.ones(2, 2).requiresGrad(true);
    try (var tape = Tape.open()) {
      var loss = w.square().times(2).plus(other).sum();
      w.requiresGrad(false);
      tape.backward(loss);
    }
    assertThat(w.hasGrad()).isFalse();
    assertThat(other.grad().toArray()).containsOnly(1);
  }
}
