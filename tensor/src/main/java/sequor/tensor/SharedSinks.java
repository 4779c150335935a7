package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import sequor.kernels.Floats;

/// Sinks for a kernel that adds into several gradients at the same time. A tensor that stands in
/// two places, such as the weights that both directions of a layer share, has one gradient: the
/// second place gets a buffer of its own, which is added afterwards, so that no two threads write
/// one number and every sum keeps its order.
final class SharedSinks {
  private record Own(Floats buffer, Floats gradient, int size) {}

  private final Set<Floats> taken = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Own> own = new ArrayList<>();

  /// Where the kernel may add the gradient of `tensor`; of length 0 if none is required.
  Floats of(Tensor tensor) {
    var sink = Buffers.sink(tensor);
    int size = tensor.shape().size();
    if (size == 0 || sink.length() == 0 || taken.add(sink)) {
      return sink;
    }
    var buffer = Tape.memory().zeros(size);
    own.add(new Own(buffer, sink, size));
    return buffer;
  }

  /// Adds what the kernel left in buffers of their own.
  void addUp() {
    for (var each : own) {
      KERNELS.elementwise().addScaled(each.buffer, each.gradient, 1, each.size);
      Tape.memory().release(each.buffer);
    }
    own.clear();
  }
}
