package sequor.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// What a server that lives long keeps of the requests that it has answered.
class ServerMemoryTest {
  private static final long MEGABYTE = 1 << 20;

  /// A thread a request, all of which have their answer and wait for a slow client.
  @Test
  void waitingThreadsKeepNoMemory() throws Exception {
    int threads = 200;
    var random = new Seed(5).generator();
    var layer = new Bidirectional<>(new Lstm(64, 256, random), new Lstm(64, 256, random));
    var x = Tensor.randn(random, 1, 100, 64);
    var spans = Spans.full(1, 100);
    layer.last(x, spans);
    long before = usedBytes();
    var answered = new CountDownLatch(threads);
    var end = new CountDownLatch(1);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var requests = new ArrayList<Future<?>>();
      for (int i = 0; i < threads; i++) {
        requests.add(
            executor.submit(
                () -> {
                  try {
                    layer.last(x, spans);
                  } finally {
                    answered.countDown();
                  }
                  end.await();
                  return null;
                }));
      }
      answered.await();
      assertThat(usedBytes() - before).isLessThan(60 * MEGABYTE);
      end.countDown();
      for (var request : requests) {
        request.get();
      }
    }
  }

  @Test
  void oneLongRequestLeavesNothing() {
    var random = new Seed(6).generator();
    var layer = new Lstm(8, 256, random);
    long before = usedBytes();
    int steps = 20_000;
    var last = layer.last(Tensor.randn(random, 1, steps, 8), Spans.full(1, steps));
    assertThat(last.h().dim(1)).isEqualTo(256);
    assertThat(usedBytes() - before).isLessThan(10 * MEGABYTE);
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
