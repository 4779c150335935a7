package sequor.parity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import sequor.nn.Reduction;
import sequor.tensor.Ids;
import sequor.tensor.Shape;

/// libtorch, as far as the comparisons need it: numbers carried there and back.
///
/// One thread, so that its sums have one order too.
final class Torch {
  static {
    torch.set_num_threads(1);
  }

  private Torch() {}

  /// The same numbers over there.
  static Tensor of(sequor.tensor.Tensor ours) {
    return Tensor.create(ours.toArray(), longs(ours.shape()));
  }

  /// The same ids over there, as int64.
  static Tensor of(Ids ids) {
    int[] values = ids.toArray();
    long[] wide = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return Tensor.create(wide, longs(ids.shape()));
  }

  /// The same numbers over there, as leaves that want gradients.
  static Leaves leaves(Map<String, sequor.tensor.Tensor> ours) {
    var theirs = new LinkedHashMap<String, Tensor>();
    ours.forEach((name, tensor) -> theirs.put(name, of(tensor).set_requires_grad(true)));
    return new Leaves(theirs);
  }

  /// Tensors of libtorch by our names.
  record Leaves(Map<String, Tensor> byName) {
    Tensor get(String name) {
      var leaf = byName.get(name);
      if (leaf == null) {
        throw new IllegalArgumentException("no '%s' among %s".formatted(name, byName.keySet()));
      }
      return leaf;
    }

    TensorOptional optional(String name) {
      return new TensorOptional(get(name));
    }

    /// All whose name starts so, in order.
    TensorVector startingWith(String... prefixes) {
      var chosen = new TensorVector();
      byName.forEach(
          (name, tensor) -> {
            if (List.of(prefixes).stream().anyMatch(name::startsWith)) {
              chosen.push_back(tensor);
            }
          });
      return chosen;
    }
  }

  /// What their losses take for a reduction.
  static long reduction(Reduction ours) {
    return switch (ours) {
      case NONE -> 0;
      case MEAN -> 1;
      case SUM -> 2;
    };
  }

  static Shape shape(Tensor theirs) {
    long[] dims = theirs.shape();
    int[] ours = new int[dims.length];
    for (int axis = 0; axis < dims.length; axis++) {
      ours[axis] = Math.toIntExact(dims[axis]);
    }
    return Shape.of(ours);
  }

  static float[] numbers(Tensor theirs) {
    float[] numbers = new float[Math.toIntExact(theirs.numel())];
    if (numbers.length > 0) {
      new FloatPointer(theirs.contiguous().data_ptr_float()).get(numbers);
    }
    return numbers;
  }

  private static long[] longs(Shape shape) {
    int[] dims = shape.dims();
    long[] wide = new long[dims.length];
    for (int axis = 0; axis < dims.length; axis++) {
      wide[axis] = dims[axis];
    }
    return wide;
  }
}
