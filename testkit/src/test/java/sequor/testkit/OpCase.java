package sequor.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import sequor.Seed;
import sequor.tensor.GradientCheck;
import sequor.tensor.Op;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// A small computation by which some op is proven.
record OpCase(String name, Supplier<Tensor> computation, Map<String, Tensor> inputs) {

  static OpCase of(String name, Supplier<Tensor> computation) {
    return new OpCase(name, computation, Map.of());
  }

  OpCase with(String input, Tensor tensor) {
    var more = new LinkedHashMap<>(inputs);
    more.put(input, tensor.requiresGrad(true));
    return new OpCase(name, computation, more);
  }

  void check() {
    GradientCheck.of(computation).with(inputs).run();
  }

  /// What a tape records when this is computed.
  List<Op> ops() {
    try (var tape = Tape.open(new Seed(1).generator())) {
      var _ = computation.get();
      return tape.ops();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
