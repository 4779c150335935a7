package sequor.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static sequor.kernels.Buffers.floats;
import static sequor.kernels.Buffers.zeros;

import org.junit.jupiter.api.Test;

class BroadcastTest {
  @Test
  void equalShapesBecomeOneAxis() {
    assertBroadcast(new int[] {2, 3, 4}, new int[] {2, 3, 4}, "[24] [1] [1]");
  }

  @Test
  void repeatedAxesHaveStrideZero() {
    assertBroadcast(new int[] {2, 3, 4}, new int[] {4}, "[6, 4] [4, 1] [0, 1]");
    assertBroadcast(new int[] {2, 3, 4}, new int[] {2, 1, 1}, "[2, 12] [12, 1] [1, 0]");
    assertBroadcast(new int[] {3, 1}, new int[] {1, 4}, "[3, 4] [1, 0] [0, 1]");
    assertBroadcast(new int[] {5}, new int[0], "[5] [1] [0]");
    assertBroadcast(new int[] {1, 1}, new int[] {1}, "[] [] []");
  }

  @Test
  void binaryReadsThroughIt() {
    var y = zeros(6);
    var size = Broadcast.of(new int[] {3, 1}, new int[] {2});
    Kernels.scalar()
        .elementwise()
        .binary(Binary.SUBTRACT, floats(10, 20, 30), floats(1, 2), y, size);
    assertThat(y.array()).containsExactly(9, 8, 19, 18, 29, 28);
  }

  private static void assertBroadcast(int[] a, int[] b, String expected) {
    var size = Broadcast.of(a, b);
    String actual =
        java.util.Arrays.toString(size.dims())
            + " "
            + java.util.Arrays.toString(size.aStrides())
            + " "
            + java.util.Arrays.toString(size.bStrides());
    assertThat(actual).isEqualTo(expected);
  }
}
