package sequor.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import sequor.kernels.Floats;

/// Remembers how tensors were made, so that it can walk back and find their gradients.
///
/// ```java
/// try (var tape = Tape.open(random)) {      // training: gradients, and dropout
///   var loss = model.forward(batch);
///   tape.backward(loss);
///   optimizer.step();
/// }
/// ```
///
/// A tape belongs to the thread that opened it, one at a time. It owns the memory of every result
/// computed while it is open and takes it back when it closes; what is wanted longer is copied by
/// [Tensor#copy]. Without a tape nothing is recorded, dropout does nothing, and results are
/// ordinary garbage-collected memory: that is how a trained model is used.
///
/// Whether a model is training is a property of the tape, not of the model: a tape opened with a
/// generator trains, one opened without only differentiates.
public final class Tape implements AutoCloseable {
  private static final ThreadLocal<@Nullable Tape> CURRENT = new ThreadLocal<>();

  private record Entry(Op op, Tensor y) {}

  private final @Nullable RandomGenerator random;
  private final Memory memory = new PooledMemory(Pool.ofThisThread());
  private final List<Entry> entries = new ArrayList<>();
  private boolean recording = true;
  private boolean walkedBack;
  private boolean closed;

  private Tape(@Nullable RandomGenerator random) {
    this.random = random;
  }

  /// Opens a tape that records gradients; dropout stays off.
  ///
  /// @throws TensorException if this thread has an open tape already
  public static Tape open() {
    return opened(new Tape(null));
  }

  /// Opens a tape for training: dropout is on and draws from `random`.
  ///
  /// @throws TensorException if this thread has an open tape already
  public static Tape open(RandomGenerator random) {
    return opened(new Tape(random));
  }

  private static Tape opened(Tape tape) {
    if (CURRENT.get() != null) {
      throw Check.wrong(
          "tape: one is open on this thread already — close it first, with try-with-resources");
    }
    CURRENT.set(tape);
    return tape;
  }

  /// Computes without recording, even while a tape is open.
  public static <R> R noGrad(Supplier<R> computation) {
    var tape = CURRENT.get();
    if (tape == null) {
      return computation.get();
    }
    boolean outer = tape.recording;
    tape.recording = false;
    try {
      return computation.get();
    } finally {
      tape.recording = outer;
    }
  }

  /// Runs without recording, even while a tape is open: for changing parameters by hand.
  public static void noGrad(Runnable change) {
    Tape.<Boolean>noGrad(
        () -> {
          change.run();
          return true;
        });
  }

  /// Walks back from `loss`, a single number, and adds its gradient to every tensor that requires
  /// one.
  ///
  /// @throws TensorException if `loss` is not a single number, does not depend on any tensor that
  ///   requires a gradient, or this tape walked back before
  public void backward(Tensor loss) {
    if (loss.shape().size() != 1) {
      throw Check.wrong(
          "backward: the loss must be a single number, got %s; take its sum or mean", loss.shape());
    }
    backward(loss, Tensor.full(1, loss.shape().dims()));
  }

  /// Walks back from `y`, whose gradient is given.
  public void backward(Tensor y, Tensor gradient) {
    Check.same("backward", y.shape(), gradient.shape());
    if (closed || walkedBack) {
      throw Check.wrong(
          "backward: this tape was used up — open a new tape for every step, and add losses up"
              + " before one backward");
    }
    checkThread("backward");
    y.data(); // says so if y went with an earlier tape
    if (!y.tracked()) {
      throw Check.wrong(
          "backward: the result depends on no tensor that requires a gradient — was it computed"
              + " before the tape was opened, or detached?");
    }
    walkedBack = true;
    noGrad(
        () -> {
          y.addGrad(gradient);
          for (var entry : entries.reversed()) {
            if (entry.op.hasGradient(entry.y)) {
              entry.op.backward(entry.y);
              entry.y.releaseGradient(memory);
            }
          }
        });
  }

  /// Gives all memory back.
  @Override
  public void close() {
    if (!closed) {
      checkThread("close");
      closed = true;
      CURRENT.remove();
      memory.close();
    }
  }

  /// The ops recorded so far, in the order in which they ran.
  public List<Op> ops() {
    return entries.stream().map(Entry::op).toList();
  }

  private void checkThread(String call) {
    if (CURRENT.get() != this) {
      throw Check.wrong(
          "%s: this tape was opened on another thread — a tape stays on the thread that opened it",
          call);
    }
  }

  boolean closed() {
    return closed;
  }

  /// The tape that is open on this thread, else null.
  static @Nullable Tape current() {
    return CURRENT.get();
  }

  /// The generator that a training tape was opened with, else null.
  static @Nullable RandomGenerator random() {
    var tape = CURRENT.get();
    return tape == null ? null : tape.random;
  }

  /// Where results of this thread live right now.
  static Memory memory() {
    var tape = CURRENT.get();
    return tape == null ? HeapMemory.HEAP : tape.memory;
  }

  static Tensor run(Op op, Tensor y, boolean differentiable) {
    var tape = CURRENT.get();
    if (tape == null) {
      op.forward(y);
      return y;
    }
    noGrad(() -> op.forward(y));
    if (differentiable && willRecord(op)) {
      y.track();
      tape.entries.add(new Entry(op, y));
    }
    return y;
  }

  /// Whether this thread's tape will remember an op, so that there will be a backward pass through
  /// it.
  static boolean willRecord(Op op) {
    var tape = CURRENT.get();
    if (tape == null || !tape.recording) {
      return false;
    }
    for (var input : op.inputs()) {
      if (input.tracked()) {
        return true;
      }
    }
    return false;
  }

  /// A place that results come from.
  sealed interface Memory {
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
  }

  private enum HeapMemory implements Memory {
    HEAP;

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

  private final class PooledMemory implements Memory {
    private final Pool pool;
    private final Set<Floats> lent = Collections.newSetFromMap(new IdentityHashMap<>());

    PooledMemory(Pool pool) {
      this.pool = pool;
    }

    @Override
    public Tensor tensor(Shape shape) {
      return new Tensor(shape, floats(shape.size()), Tape.this);
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
    }
  }
}
