package sequor.benchmarks.peers;

import java.util.List;
import java.util.function.Supplier;

/// Work that is ready to be done again and again.
@FunctionalInterface
public interface Step {
  /// Does it once and gives what came out: the loss before a training step, all probabilities of a
  /// prediction, the first row of a product. Nothing, where it began with other numbers than the
  /// others did.
  float[] outputs();

  /// Does it once.
  default void run() {
    var _ = outputs();
  }

  /// Work that gives what comes out each time.
  static Step of(Supplier<float[]> work) {
    return work::get;
  }

  /// One number of each, one after the other.
  static Supplier<float[]> all(List<Supplier<float[]>> steps) {
    return () -> {
      float[] outputs = new float[steps.size()];
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = steps.get(i).get()[0];
      }
      return outputs;
    };
  }

  /// Work whose results lie somewhere, which only `outputs` brings.
  static Step of(Runnable work, Supplier<float[]> outputs) {
    return new Step() {
      @Override
      public void run() {
        work.run();
      }

      @Override
      public float[] outputs() {
        return outputs.get();
      }
    };
  }
}
