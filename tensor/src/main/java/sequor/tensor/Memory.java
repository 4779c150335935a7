package sequor.tensor;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import sequor.kernels.Floats;

/// Where the results of a computation live: in a tape's pool, or, without a tape, in memory that is
/// collected when nobody refers to it any more.
sealed interface Memory {
  /// That of a tape, out of a pool.
  static Memory of(Tape tape, Pool pool) {
    return new Pooled(tape, pool, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  /// A tensor with anything in it.
  Tensor tensor(Shape shape);

  /// A buffer of at least `length` numbers, with anything in it.
  Floats floats(int length);

  /// Takes a buffer back before its time.
  void release(Floats buffer);

  /// Takes every buffer back.
  void close();

  /// `length` zeros.
  default Floats zeros(int length) {
    var buffer = floats(length);
    Compute.KERNELS.elementwise().fill(buffer, 0, length);
    return buffer;
  }

  /// That of the garbage collector.
  record Collected() implements Memory {
    @Override
    public Tensor tensor(Shape shape) {
      return new Tensor(shape, floats(shape.size()), null);
    }

    @Override
    public Floats floats(int length) {
      return Compute.KERNELS.memory().floats(length);
    }

    @Override
    public void release(Floats buffer) {}

    @Override
    public void close() {}
  }

  /// See [#of].
  record Pooled(Tape tape, Pool pool, Set<Floats> lent) implements Memory {
    @Override
    public Tensor tensor(Shape shape) {
      return new Tensor(shape, floats(shape.size()), tape);
    }

    @Override
    public Floats floats(int length) {
      var buffer = pool.take(length);
      lent.add(buffer);
      return buffer;
    }

    @Override
    public void release(Floats buffer) {
      if (lent.remove(buffer)) {
        pool.give(buffer);
      }
    }

    @Override
    public void close() {
      lent.forEach(pool::give);
      lent.clear();
      pool.trim();
    }
  }
}
