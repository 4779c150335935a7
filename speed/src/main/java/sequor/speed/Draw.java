package sequor.speed;

import java.util.Map;
import java.util.Random;
import sequor.tensor.Tensor;

/// The numbers of a workload, drawn one after the other: the weights in the order of the model's
/// parts (embedding, each direction of the recurrent layer, linear layer), then the ids, then the
/// targets. All who draw like that, whatever they compute with, have the same numbers.
public final class Draw {
  private final Random random = new Random(1);
  private final Workload workload;

  public Draw(Workload workload) {
    this.workload = workload;
  }

  /// Numbers between −1/√H and 1/√H, as recurrent layers begin with.
  public float[] weights(int count) {
    return weights(random, workload.sizes().hidden(), count);
  }

  /// Numbers between −1/√size and 1/√size.
  public static float[] weights(Random random, int size, int count) {
    float reach = (float) (1 / Math.sqrt(size));
    float[] weights = new float[count];
    for (int i = 0; i < count; i++) {
      weights[i] = (2 * random.nextFloat() - 1) * reach;
    }
    return weights;
  }

  /// Puts weights into all of a model's parameters.
  void fill(Map<String, Tensor> parameters) {
    parameters.values().forEach(parameter -> parameter.assign(weights(parameter.shape().size())));
  }

  /// Ids (B·T).
  public int[] ids() {
    return workload.ids(random);
  }

  /// The right classes, (B), or (B·T) with scores at every step.
  public int[] targets() {
    return workload.targets(random);
  }
}
