package sequor.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// One trained module, many threads: each gets the bits it would get alone, even while another
/// opens tapes of its own.
class SharedByThreadsTest {
  private static final int CALLS = 200;

  @Test
  void predictionsDoNotDisturbEachOther() throws Exception {
    var random = new Seed(61).generator();
    var encoder = new Bidirectional<>(new Lstm(5, 16, random), new Lstm(5, 16, random));
    var head = new Linear(32, 3, random);
    var inputs =
        IntStream.range(0, 8).mapToObj(i -> Tensor.randn(random, 1 + i % 3, 4 + i, 5)).toList();
    var alone = inputs.stream().map(x -> predict(encoder, head, x)).toList();

    try (var threads = Executors.newFixedThreadPool(4)) {
      var calls = new ArrayList<Callable<float[]>>();
      for (int call = 0; call < CALLS; call++) {
        var x = inputs.get(call % inputs.size());
        boolean onTape = call % 5 == 0;
        calls.add(() -> onTape ? predictOnTape(encoder, head, x) : predict(encoder, head, x));
      }
      var answers = threads.invokeAll(calls);
      for (int call = 0; call < CALLS; call++) {
        assertThat(answers.get(call).get()).isEqualTo(alone.get(call % inputs.size()));
      }
    }
  }

  private static float[] predict(Recurrent<?> encoder, Linear head, Tensor x) {
    return head.forward(encoder.forward(x).hidden()).softmax().toArray();
  }

  private static float[] predictOnTape(Recurrent<?> encoder, Linear head, Tensor x) {
    try (var _ = Tape.open()) {
      return predict(encoder, head, x);
    }
  }

  @Test
  void aTapeOnOneThreadIsNoneOnAnother() throws Exception {
    var x = Tensor.ones(1000);
    try (var _ = Tape.open(new Seed(1).generator());
        var threads = Executors.newFixedThreadPool(1)) {
      assertThat(new Dropout(0.5f).forward(x)).isNotSameAs(x);
      var elsewhere =
          threads.invokeAll(List.<Callable<Tensor>>of(() -> new Dropout(0.5f).forward(x)));
      assertThat(elsewhere.getFirst().get()).isSameAs(x);
    }
  }
}
