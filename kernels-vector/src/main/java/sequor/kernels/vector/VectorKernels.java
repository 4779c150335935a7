package sequor.kernels.vector;

import sequor.kernels.Kernels;
import sequor.kernels.KernelsProvider;
import sequor.kernels.vector.attentions.VectorAttentions;
import sequor.kernels.vector.chains.VectorChains;
import sequor.kernels.vector.convolutions.VectorConvolutions;
import sequor.kernels.vector.elementwise.VectorElementwise;
import sequor.kernels.vector.elementwise.VectorUpdates;
import sequor.kernels.vector.embeddings.VectorEmbeddings;
import sequor.kernels.vector.products.VectorProducts;
import sequor.kernels.vector.recurrences.VectorRecurrences;
import sequor.kernels.vector.rows.VectorCopies;
import sequor.kernels.vector.rows.VectorReductions;
import sequor.kernels.vector.rows.VectorRows;
import sequor.kernels.vector.scans.VectorScans;
import sequor.kernels.vector.simd.Lanes;

/// Offers the vector kernels to [Kernels#best]. This class itself does not touch the Vector API, so
/// that it can be loaded, and say what is missing, where the API is not there.
public final class VectorKernels implements KernelsProvider {
  private static final String MODULE = "jdk.incubator.vector";

  /// For [java.util.ServiceLoader].
  public VectorKernels() {}

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public int priority() {
    return 100;
  }

  @Override
  public Kernels kernels() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      throw new UnsupportedOperationException("start Java with --add-modules " + MODULE);
    }
    return Bound.kernels();
  }

  private static final class Bound {
    static Kernels kernels() {
      if (Lanes.L < 4) {
        throw new UnsupportedOperationException("this machine has no vectors of 4 floats or more");
      }
      return new Kernels(
          "vector",
          Lanes.L,
          Kernels.scalar().memory(),
          new VectorProducts(),
          new VectorElementwise(),
          new VectorReductions(),
          new VectorRows(),
          new VectorCopies(),
          new VectorRecurrences(),
          new VectorScans(),
          new VectorChains(),
          new VectorConvolutions(),
          new VectorAttentions(),
          new VectorEmbeddings(),
          new VectorUpdates(),
          new VectorProbe());
    }
  }
}
