package sequor.kernels.vector.elementwise;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// One of the loops of a curve that takes several, compiled on its own.
///
/// The JIT inlines calls of the Vector API up to a budget for each method that it compiles. Were
/// the loops of a curve inlined together, it would run out in the middle of one, and each vector
/// there become an object. A call through a handle that is not a constant is never inlined; hence
/// the field is not final.
final class Stage {
  private static final MethodType TYPE =
      MethodType.methodType(
          void.class,
          float[].class,
          float[].class,
          float[].class,
          float[].class,
          int.class,
          int.class);

  private MethodHandle loop;

  /// A static method of `(float[] x, float[] dy, float[] out, float[] block, int at, int n)`: `n`
  /// numbers of `x`, `dy` and `out` from `at`, and the first `n` of the block.
  Stage(MethodHandles.Lookup lookup, String name) {
    try {
      loop = lookup.findStatic(lookup.lookupClass(), name, TYPE);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no loop " + name, e);
    }
  }

  void run(float[] x, float[] dy, float[] out, float[] block, int at, int n) {
    try {
      loop.invokeExact(x, dy, out, block, at, n);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
