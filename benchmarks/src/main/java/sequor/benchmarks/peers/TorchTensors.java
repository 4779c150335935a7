package sequor.benchmarks.peers;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntFunction;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/// Between Java's arrays and libtorch's tensors.
final class TorchTensors {
  private TorchTensors() {}

  /// A parameter.
  ///
  /// @param draw so many numbers
  static Tensor leaf(IntFunction<float[]> draw, long... shape) {
    int count = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    return Tensor.create(draw.apply(count), shape).set_requires_grad(true);
  }

  static Tensor ids(int[] ids, long... shape) {
    return Tensor.create(Arrays.stream(ids).asLongStream().toArray(), shape);
  }

  /// The numbers of a tensor that stand one behind the other.
  static float[] floats(Tensor tensor) {
    float[] out = new float[Math.toIntExact(tensor.numel())];
    new FloatPointer(Objects.requireNonNull(tensor.data_ptr_float())).get(out);
    return out;
  }
}
