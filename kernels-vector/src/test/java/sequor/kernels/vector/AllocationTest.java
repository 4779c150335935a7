package sequor.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.kernels.Binary;
import sequor.kernels.Broadcast;
import sequor.kernels.Elementwise;
import sequor.kernels.HeapFloats;
import sequor.kernels.Parallel;
import sequor.kernels.Unary;

/// What elementwise kernels allocate: next to nothing.
class AllocationTest {
  private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final long PATIENCE = 20_000_000_000L; // ns, until the JIT has compiled a loop

  private final Elementwise kernels = Twins.VECTOR.elementwise();
  private final int threads = Parallel.threads();

  @BeforeEach
  void alone() {
    Parallel.threads(1);
  }

  @AfterEach
  void asBefore() {
    Parallel.threads(threads);
  }

  /// A scalar beside a long row is written out into a short block, and not into a row as long.
  @Test
  void aScalarCostsNoRow() {
    int n = 1 << 20;
    var x = new HeapFloats(new float[n]);
    var scalar = new HeapFloats(new float[] {3});
    var size = Broadcast.of(new int[] {n}, new int[] {});
    assertThat(leastAllocatedBy(() -> kernels.binary(Binary.MULTIPLY, x, scalar, x, size), n))
        .isLessThanOrEqualTo(n);
  }

  /// Where the JIT cannot inline a whole loop, each vector in it becomes an object: megabytes a
  /// call. Until a loop is compiled that is so for all, hence the patience.
  @ParameterizedTest
  @EnumSource(names = {"GELU", "SILU", "SOFTPLUS", "LOG_SIGMOID", "ERF", "LOG1P", "SIN", "TANH"})
  void compiledCurvesMakeNoObjects(Unary f) {
    int n = 1 << 12;
    var x = new HeapFloats(new float[n]);
    var y = new HeapFloats(new float[n]);
    var dx = new HeapFloats(new float[n]);
    kernels.fill(x, 0.7f, n);
    long least =
        leastAllocatedBy(
            () -> {
              kernels.unary(f, x, y, n);
              kernels.unaryBackward(f, x, y, y, dx, n);
            },
            n);
    assertThat(least).as("bytes a call of %s, forward and backward", f).isLessThanOrEqualTo(n);
  }

  /// The fewest bytes that a call allocates, once it is down to `few` or patience is at its end.
  private static long leastAllocatedBy(Runnable work, long few) {
    long least = Long.MAX_VALUE;
    long end = System.nanoTime() + PATIENCE;
    while (least > few && System.nanoTime() < end) {
      long before = MEMORY.getCurrentThreadAllocatedBytes();
      work.run();
      least = Math.min(least, MEMORY.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }
}
