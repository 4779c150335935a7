package sequor.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import sequor.Seed;

/// Threads share tensors, never tapes.
class TapeThreadsTest {
  private final Tensor w = Tensor.randn(new Seed(1).generator(), 64, 64).requiresGrad(true);

  private Tensor forward(Tensor x) {
    return x.linear(w, Tensor.zeros(64)).tanh().matmul(w).softmax();
  }

  @Test
  void manyThreadsUseOneModelAtOnce() throws Exception {
    var x = Tensor.randn(new Seed(2).generator(), 17, 64);
    float[] expected = forward(x).toArray();
    try (var threads = Executors.newFixedThreadPool(4)) {
      var answers = new ArrayList<Future<float[]>>();
      for (int i = 0; i < 40; i++) {
        answers.add(threads.submit(() -> forward(x).toArray()));
      }
      for (var answer : answers) {
        assertThat(answer.get()).containsExactly(expected);
      }
    }
  }

  @Test
  void aTapeDoesNotRecordAnotherThread() throws Exception {
    try (var tape = Tape.open(new Seed(1).generator())) {
      var there =
          onAnotherThread(
              () -> {
                var y = w.dropout(0.5f).sum();
                assertThat(y.item()).isEqualTo(w.sum().item()); // not training here
                return y;
              });

      assertThat(tape.ops()).isEmpty();
      assertThatThrownBy(() -> tape.backward(there)).hasMessageContaining("depends on no tensor");
    }
  }

  @Test
  void threadsHaveTapesOfTheirOwn() throws Exception {
    try (var tape = Tape.open()) {
      var here = w.sum();
      onAnotherThread(
          () -> {
            try (var other = Tape.open()) {
              var v = Tensor.ones(3).requiresGrad(true);
              other.backward(v.square().sum());
              assertThat(v.grad().toArray()).containsExactly(2, 2, 2);
              return v;
            }
          });
      tape.backward(here);
    }
    assertThat(w.grad().get(0, 0)).isEqualTo(1);
  }

  @Test
  void aTapeStaysOnItsThread() throws Exception {
    try (var tape = Tape.open()) {
      var loss = w.sum();
      onAnotherThread(
          () -> {
            assertThatThrownBy(() -> tape.backward(loss))
                .hasMessage(
                    "backward: this tape was opened on another thread — a tape stays on the"
                        + " thread that opened it");
            assertThatThrownBy(tape::close).hasMessageStartingWith("close: this tape was opened");
            return loss;
          });
      tape.backward(loss);
    }
  }

  @Test
  void aResultOfAnOpenTapeStaysOnItsThread() throws Exception {
    try (var tape = Tape.open()) {
      var y = w.sum();
      var copy = y.copy();
      onAnotherThread(
          () -> {
            for (ThrowingCallable use :
                List.<ThrowingCallable>of(
                    () -> y.times(2), y::item, y::toArray, y::copy, y::detach, () -> y.assign(y))) {
              assertThatThrownBy(use)
                  .isInstanceOf(TapeException.class)
                  .hasMessageStartingWith(
                      "tensor: this () belongs to a tape that is open on the thread '")
                  .hasMessageEndingWith("hand over a copy()");
            }
            assertThat(y).hasToString("Tensor()[of another thread's tape]");
            return copy.times(2);
          });
      tape.backward(y);
    }
  }

  private static <R> R onAnotherThread(Callable<R> task) throws Exception {
    try (var thread = Executors.newSingleThreadExecutor()) {
      return thread.submit(task).get();
    }
  }
}
