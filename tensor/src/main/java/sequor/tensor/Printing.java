package sequor.tensor;

import java.util.StringJoiner;

/// How a tensor prints: `Tensor(2,3)[0.1, -2.0, …]`.
final class Printing {
  private static final int SHOWN = 8;

  private Printing() {}

  static String of(Tensor tensor) {
    if (tensor.gone()) {
      return "Tensor" + tensor.shape() + "[gone with its tape]";
    }
    if (tensor.onAnotherThread()) {
      return "Tensor" + tensor.shape() + "[of another thread's tape]";
    }
    var numbers = new StringJoiner(", ", "[", "]");
    int size = tensor.shape().size();
    for (int i = 0; i < Math.min(size, SHOWN); i++) {
      numbers.add(String.valueOf(tensor.data().get(i)));
    }
    if (size > SHOWN) {
      numbers.add("…");
    }
    return "Tensor" + tensor.shape() + numbers;
  }
}
