package sequor.benchmarks.peers;

import java.util.Random;
import sequor.speed.Workload;

/// Random numbers for the peers, of the sizes of a workload.
public final class Draw {
  private final Random random = new Random(1);
  private final Workload workload;

  public Draw(Workload workload) {
    this.workload = workload;
  }

  /// Ids (B·T).
  public long[] ids() {
    var sizes = workload.sizes();
    return random.longs((long) sizes.batch() * sizes.steps(), 0, sizes.vocabulary()).toArray();
  }

  /// The right classes, (B), or (B·T) with scores at every step.
  public long[] targets() {
    var sizes = workload.sizes();
    long scored = (long) sizes.batch() * (workload.everyStep() ? sizes.steps() : 1);
    return random.longs(scored, 0, sizes.classes()).toArray();
  }

  /// Numbers between −1/√H and 1/√H, as recurrent layers begin with.
  public float[] weights(int count) {
    float reach = (float) (1 / Math.sqrt(workload.sizes().hidden()));
    float[] weights = new float[count];
    for (int i = 0; i < count; i++) {
      weights[i] = (2 * random.nextFloat() - 1) * reach;
    }
    return weights;
  }
}
