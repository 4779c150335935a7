package sequor.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What a tape records, and what it refuses.
class TapeTest {
  private final Tensor w = Tensor.of(new float[] {1, 2, 3}).requiresGrad(true);

  @Test
  void withoutATapeThereIsNoGradient() {
    var y = w.square().sum();

    try (var tape = Tape.open()) {
      assertThatThrownBy(() -> tape.backward(y)).hasMessageContaining("depends on no tensor");
    }
    assertThat(w.hasGrad()).isFalse();
    assertThat(y.item()).isEqualTo(14);
  }

  @Test
  void backwardFindsTheGradientOfEveryUse() {
    try (var tape = Tape.open()) {
      tape.backward(w.square().plus(w).times(w).sum()); // w³ + w²
    }

    assertThat(w.grad().toArray()).containsExactly(5, 16, 33); // 3w² + 2w
  }

  @Test
  void gradientsAddUpOverTapesUntilCleared() {
    for (int i = 0; i < 2; i++) {
      try (var tape = Tape.open()) {
        tape.backward(w.sum());
      }
    }
    assertThat(w.grad().toArray()).containsExactly(2, 2, 2);

    w.clearGrad();
    assertThat(w.hasGrad()).isFalse();
    assertThatThrownBy(w::grad).hasMessageStartingWith("grad: (3) has no gradient");

    try (var tape = Tape.open()) {
      tape.backward(w.sum());
    }
    assertThat(w.grad().toArray()).containsExactly(1, 1, 1);
  }

  @Test
  void aTapeForOneTensorLeavesAllOthersAlone() {
    var x = Tensor.of(new float[] {4, 5, 6}).requiresGrad(true);

    try (var tape = Tape.openFor(x)) {
      var alone = w.square();
      assertThat(tape.ops()).isEmpty(); // nothing on the way to x
      tape.backward(alone.times(x).sum()); // w²·x
    }

    assertThat(x.grad().toArray()).containsExactly(1, 4, 9);
    assertThat(w.hasGrad()).isFalse();
    assertThat(w.requiresGrad()).isTrue();
    assertThatThrownBy(() -> Tape.openFor(Tensor.ones(2)))
        .hasMessageContaining("openFor: expected a tensor that requires a gradient");
  }

  @Test
  void backwardMayStartFromAnyResultWithAGivenGradient() {
    try (var tape = Tape.open()) {
      tape.backward(w.times(2), Tensor.of(new float[] {1, 10, 100}));
    }

    assertThat(w.grad().toArray()).containsExactly(2, 20, 200);
  }

  @Test
  void nothingIsRecordedWithoutAGradientRequired() {
    try (var tape = Tape.open()) {
      var x = Tensor.ones(3).times(2);
      var y = w.times(x).sum();

      assertThat(tape.ops()).hasSize(2); // times and sum
      assertThat(tape.ops().getFirst().inputs()).isEqualTo(List.of(w, x));
      assertThat(x.requiresGrad()).isFalse();
      assertThat(y.item()).isEqualTo(12);
    }
  }

  /// Nothing is recorded, nothing dropped, and nothing drawn: what comes behind it is the same.
  @Test
  void inferenceIsWhatATrainedModelDoes() {
    var x = Tensor.ones(64).requiresGrad(true);
    float[] without;
    try (var _ = Tape.open(new SplittableRandom(3))) {
      without = x.dropout(0.5f).toArray();
    }
    Tensor kept;
    try (var tape = Tape.open(new SplittableRandom(3))) {
      kept = Tape.inference(() -> x.dropout(0.5f).sum());
      assertThat(x.dropout(0.5f).toArray()).isEqualTo(without).contains(0f, 2f);
      var said = kept;
      assertThatThrownBy(() -> tape.backward(said)).isInstanceOf(TensorException.class);
    }
    assertThat(kept.item()).as("it outlives the tape").isEqualTo(64);
    assertThat(Tape.inference(() -> x.dropout(0.5f).sum().item())).isEqualTo(64);
  }

  @Test
  void noGradRecordsNothing() {
    try (var tape = Tape.open()) {
      float sum = Tape.noGrad(() -> Tape.noGrad(() -> w.square()).sum().item());
      assertThat(sum).isEqualTo(14);
      assertThat(tape.ops()).isEmpty();

      assertThat(w.square().sum().item()).isEqualTo(14);
      assertThat(tape.ops()).isNotEmpty();
    }
    assertThat(Tape.noGrad(() -> w.sum().item())).isEqualTo(6);
  }

  @Test
  void parametersAreChangedByHandWithoutARecord() {
    try (var tape = Tape.open()) {
      tape.backward(w.square().sum());
      int recorded = tape.ops().size();
      Tape.noGrad(() -> w.assign(w.minus(w.grad().times(0.5f)))); // w − ½·2w
      assertThat(tape.ops()).hasSize(recorded);
    }
    assertThat(w.toArray()).containsOnly(0);
  }

  @Test
  void noGradEndsWithAnException() {
    try (var tape = Tape.open()) {
      assertThatThrownBy(() -> Tape.noGrad(() -> w.plus(Tensor.ones(2))))
          .isInstanceOf(TensorException.class);

      tape.backward(w.sum());
    }
    assertThat(w.hasGrad()).isTrue();
  }

  @Test
  void detachedAndKeptTensorsPassNoGradient() {
    try (var tape = Tape.open()) {
      var y = w.square();
      tape.backward(w.times(y.detach()).plus(w.times(y.copy())).sum());
    }

    assertThat(w.grad().toArray()).containsExactly(2, 8, 18); // 2·w², not 6·w²
  }

  @Test
  void gradientsOfResultsAreKeptOnRequest() {
    try (var tape = Tape.open()) {
      var y = w.square().retainGrad();
      var view = y.reshape(3, 1).retainGrad();
      var forgotten = view.times(3);
      tape.backward(forgotten.sum());

      assertThat(y.grad().toArray()).containsExactly(3, 3, 3);
      assertThat(view.grad().shape()).isEqualTo(Shape.of(3, 1));
      assertThat(forgotten.hasGrad()).isFalse();
    }
  }

  @Test
  void aResultCannotBecomeAParameterUnlessKept() {
    try (var tape = Tape.open()) {
      var y = w.square();
      assertThatThrownBy(() -> y.requiresGrad(true)).hasMessageContaining("copy() it first");
      var leaf = y.copy().requiresGrad(true);

      tape.backward(leaf.sum());

      assertThat(leaf.grad().toArray()).containsExactly(1, 1, 1);
      assertThat(w.hasGrad()).isFalse();
    }
  }

  @Test
  void openingATapeClosesOneThatWasLeftOpen() {
    var left = Tape.open();
    var lost = w.square();
    try (var tape = Tape.open()) {
      tape.backward(w.square().sum());
      assertThat(w.grad().toArray()).containsExactly(2, 4, 6);
      assertThatThrownBy(lost::toArray)
          .isInstanceOf(TapeException.class)
          .hasMessage(
              "tensor: this (3) went with its tape, which was closed when another was opened on its"
                  + " thread — call copy() before that on what you want longer");
      assertThatThrownBy(() -> left.backward(lost))
          .isInstanceOf(TapeException.class)
          .hasMessageStartingWith(
              "backward: this tape was closed when another was opened on its thread");
      left.close(); // does nothing to the other
      assertThat(w.sum().item()).isEqualTo(6);
      assertThat(tape.ops()).isNotEmpty();
    }
  }

  @Test
  void aTapeWalksBackOnce() {
    try (var tape = Tape.open()) {
      var loss = w.sum();
      tape.backward(loss);
      assertThatThrownBy(() -> tape.backward(loss)).hasMessageContaining("was used up");
    }
    var closed = Tape.open();
    closed.close();
    closed.close();
    assertThatThrownBy(() -> closed.backward(w.sum()))
        .isInstanceOf(TapeException.class)
        .hasMessageContaining("has closed");
  }

  @Test
  void theLossIsASingleNumber() {
    try (var tape = Tape.open()) {
      var y = w.square();
      assertThatThrownBy(() -> tape.backward(y))
          .hasMessage("backward: the loss must be a single number, got (3); take its sum or mean");
      assertThatThrownBy(() -> tape.backward(y, Tensor.ones(2)))
          .hasMessage("backward: (3) and (2) — both must have the same shape");
    }
  }

  @Test
  void tensorsGoWithTheirTape() {
    Tensor result;
    Tensor view;
    Tensor kept;
    try (var tape = Tape.open()) {
      result = w.square().retainGrad();
      view = w.reshape(3, 1);
      kept = result.copy();
      tape.backward(result.sum());
    }

    assertThat(kept.toArray()).containsExactly(1, 4, 9);
    for (var gone : List.of(result, view)) {
      assertThatThrownBy(gone::toArray).hasMessageContaining("call copy()");
      assertThatThrownBy(() -> gone.plus(1)).hasMessageContaining("call copy()");
      assertThatThrownBy(gone::grad).hasMessageContaining("call copy()");
      assertThat(gone).hasToString("Tensor" + gone.shape() + "[gone with its tape]");
    }
    try (var tape = Tape.open()) {
      assertThatThrownBy(() -> tape.backward(result, kept)).hasMessageContaining("call copy()");
    }
  }
}
