package sequor.kernels.vector;

import org.junit.jupiter.api.Test;
import sequor.kernels.Updates.Adadelta;
import sequor.kernels.Updates.Adagrad;
import sequor.kernels.Updates.Adam;
import sequor.kernels.Updates.RmsProp;
import sequor.kernels.Updates.Sgd;

class UpdatesTwinTest {
  @Test
  void everyOptimizerWithEverySetting() {
    for (int n : new int[] {1, 3, 16, 17, 100, 40_001}) {
      for (int bits = 0; bits < 16; bits++) {
        assertSame(n, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0);
      }
    }
  }

  private static void assertSame(
      int n, boolean decayed, boolean moving, boolean first, boolean variant) {
    float decay = decayed ? 0.1f : 0;
    float momentum = moving ? 0.9f : 0;
    Twins.assertSame(
        "%d %s %s %s %s".formatted(n, decayed, moving, first, variant),
        1e-5,
        run -> {
          var kernels = run.kernels().updates();
          var g = run.floats(n);
          var sgd = new Sgd(n, 0.1f, momentum, 0.3f, decay, variant, first);
          kernels.sgd(run.floats(n), g, run.floatsOrNone(moving, n), sgd);
          var adam = new Adam(n, 0.1f, 0.9f, 0.999f, 1e-8f, decay, variant, first ? 1 : 7);
          kernels.adam(run.floats(n), g, run.floats(n), run.floats(n, 0, 1), adam);
          var adagrad = new Adagrad(n, 0.1f, 1e-10f, decay);
          kernels.adagrad(run.floats(n), g, run.floats(n, 0, 1), adagrad);
          var adadelta = new Adadelta(n, 1, 0.9f, 1e-6f, decay);
          kernels.adadelta(run.floats(n), g, run.floats(n, 0, 1), run.floats(n, 0, 1), adadelta);
          var rmsProp = new RmsProp(n, 0.1f, 0.99f, 1e-8f, momentum, decay);
          kernels.rmsProp(
              run.floats(n), g, run.floats(n, 0, 1), run.floatsOrNone(moving, n), rmsProp);
        });
  }
}
