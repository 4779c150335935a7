package sequor.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

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
/// A tape belongs to the thread that opened it, one at a time: opening one closes one that was left
/// open. It owns the memory of every result computed while it is open and takes it back when it
/// closes; what is needed longer is copied by [Tensor#copy]. Without a tape nothing is recorded,
/// dropout does nothing, and results are ordinary garbage-collected memory: that is how a trained
/// model is used.
///
/// A tensor whose numbers backward needs must not change before it: the tape notices and refuses.
///
/// Whether a model is training is a property of the tape, not of the model: a tape opened with a
/// generator trains, one opened without only differentiates.
public final class Tape implements AutoCloseable {
  private static final ThreadLocal<@Nullable Tape> CURRENT = new ThreadLocal<>();
  private static final Memory HEAP = new Memory.Collected();

  private static final AtomicLong TAPES = new AtomicLong();

  private final long number = TAPES.incrementAndGet();
  private final Thread thread = Thread.currentThread();
  private final @Nullable RandomGenerator random;
  private final Optional<Tensor> sought; // none: all that require a gradient
  private final Memory memory = Memory.of(this, Pool.ofThisThread());
  private final List<Recorded> recorded = new ArrayList<>();
  private boolean recording = true;
  private boolean cut; // whether numbers were replaced through which a gradient flows
  private boolean walkedBack;
  private boolean closed;
  private boolean abandoned;

  private Tape(@Nullable RandomGenerator random, Optional<Tensor> sought) {
    this.random = random;
    this.sought = sought;
  }

  /// Opens a tape that records gradients; dropout stays off. One that was left open on this thread
  /// is closed.
  public static Tape open() {
    return opened(new Tape(null, Optional.empty()));
  }

  /// Opens a tape that finds the gradient of `x` alone; dropout stays off. Parameters are numbers
  /// like any others to it, so a model that other threads use can be asked how its answer depends
  /// on what it reads.
  ///
  /// @param x a tensor that requires a gradient
  public static Tape openFor(Tensor x) {
    if (!x.requiresGrad()) {
      throw Check.wrong(
          "openFor: expected a tensor that requires a gradient, got %s that does not; call"
              + " requiresGrad(true) on it",
          x.shape());
    }
    return opened(new Tape(null, Optional.of(x)));
  }

  /// Opens a tape for training: dropout is on and draws from `random`. One that was left open on
  /// this thread is closed.
  public static Tape open(RandomGenerator random) {
    return opened(new Tape(random, Optional.empty()));
  }

  private static Tape opened(Tape tape) {
    var open = CURRENT.get();
    if (open != null) {
      open.abandoned = true;
      open.close();
    }
    CURRENT.set(tape);
    return tape;
  }

  /// Gives back the memory that this thread keeps for its next tapes: after a batch larger than all
  /// that will come, or before a thread of a server waits for long.
  public static void releaseMemory() {
    Pool.ofThisThread().clear();
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

  /// Computes as a trained model does, even while a tape is open on this thread: as if there were
  /// none. Nothing is recorded, dropped out or drawn from its generator, and what this makes lives
  /// on when the tape closes. Predictors answer so, and a teacher says so what it makes of a batch
  /// that its student learns from.
  public static <R> R inference(Supplier<R> computation) {
    var tape = CURRENT.get();
    if (tape == null) {
      return computation.get();
    }
    CURRENT.remove();
    try {
      return computation.get();
    } finally {
      var left = CURRENT.get(); // open
      if (left != null) {
        left.close();
      }
      CURRENT.set(tape);
    }
  }

  /// Runs with the memory of the open tape or, if none is, of one that is open meanwhile: what this
  /// computes is gone afterwards, and its memory is used again.
  public static void scratch(Runnable work) {
    if (CURRENT.get() != null) {
      work.run();
      return;
    }
    try (var _ = open()) {
      work.run();
    }
  }

  /// Walks back from `loss`, a single number, and adds its gradient to every tensor that requires
  /// one.
  ///
  /// @throws TensorException if `loss` is not a single number or does not depend on any tensor that
  ///   requires a gradient
  /// @throws TapeException if this tape walked back before or closed, is another thread's, or a
  ///   tensor whose numbers are needed was changed in place; then no gradient has changed
  public void backward(Tensor loss) {
    checkCanWalkBack();
    if (loss.shape().size() != 1) {
      throw Check.wrong(
          "backward: the loss must be a single number, got %s; take its sum or mean", loss.shape());
    }
    backward(loss, Tensor.full(1, loss.shape().dims()));
  }

  /// Walks back from `y`, whose gradient is given.
  ///
  /// @throws TensorException if the gradient has another shape, or `y` does not depend on any
  ///   tensor that requires one
  /// @throws TapeException as [#backward(Tensor)]
  public void backward(Tensor y, Tensor gradient) {
    checkCanWalkBack();
    Check.same("backward", y.shape(), gradient.shape());
    y.data(); // says so if y went with an earlier tape
    if (!y.tracked()) {
      throw Check.wrong(
          "backward: the result depends on no tensor that requires a gradient — was it computed"
              + " before the tape was opened, or detached?");
    }
    if (y.storage().isCutOn(number)) {
      throw Recorded.cut("the result", y);
    }
    Recorded.checkUnchanged(recorded, y);
    walkedBack = true;
    noGrad(
        () -> {
          y.addGrad(gradient);
          for (var each : recorded.reversed()) {
            each.backward(memory);
          }
        });
  }

  private void checkCanWalkBack() {
    checkThread("backward");
    if (closed || walkedBack) {
      throw Check.state(
          "backward: this tape %s — open a new tape for every step, and add losses up before one"
              + " backward",
          closed ? end() : "was used up by the backward before");
    }
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

  /// How this tape came to be closed.
  private String end() {
    return abandoned ? "was closed when another was opened on its thread" : "has closed";
  }

  /// Refuses a result of this tape that can no longer be used, or not here.
  void checkUsable(Shape shape) {
    if (closed) {
      throw Check.state(
          "tensor: this %s went with its tape, which %s — call copy() before that on what you want"
              + " longer",
          shape, end());
    }
    if (onAnotherThread()) {
      throw Check.state(
          "tensor: this %s belongs to a tape that is open on the thread '%s' — hand over a copy()",
          shape, thread.getName());
    }
  }

  /// The ops recorded so far, in the order in which they ran.
  public List<Op> ops() {
    return recorded.stream().map(Recorded::op).toList();
  }

  private void checkThread(String call) {
    if (onAnotherThread()) {
      throw Check.state(
          "%s: this tape was opened on another thread — a tape stays on the thread that opened it",
          call);
    }
  }

  boolean onAnotherThread() {
    return thread != Thread.currentThread();
  }

  boolean closed() {
    return closed;
  }

  /// The tape that is open on this thread, else null.
  static @Nullable Tape current() {
    return CURRENT.get();
  }

  /// The generator that a training tape was opened with, else null; null in an [#inference] too.
  static @Nullable RandomGenerator random() {
    var tape = CURRENT.get();
    return tape == null ? null : tape.random;
  }

  /// Where results of this thread live right now.
  static Memory memory() {
    var tape = CURRENT.get();
    return tape == null ? HEAP : tape.memory;
  }

  static Tensor run(Op op, Tensor y, boolean differentiable) {
    var tape = CURRENT.get();
    if (tape == null) {
      op.forward(y);
      return y;
    }
    noGrad(() -> op.forward(y));
    if (differentiable && tape.recording) {
      tape.record(op, y);
    }
    return y;
  }

  private void record(Op op, Tensor y) {
    var inputs = op.inputs();
    if (tracksAny(inputs)) {
      y.track();
      recorded.add(new Recorded(op, inputs, y, readsCut(inputs)));
    }
  }

  /// Notes that numbers are replaced through which a gradient flows, if this thread's tape records.
  static void noteIfCut(Tensor target, boolean gradientFlows) {
    var tape = CURRENT.get();
    if (gradientFlows && tape != null && tape.recording) {
      tape.cut = true;
      target.storage().cut(tape.number);
    }
  }

  private boolean readsCut(List<Tensor> inputs) {
    return cut && inputs.stream().anyMatch(input -> input.storage().isCutOn(number));
  }

  /// Whether this thread's tape will remember an op, so that there will be a backward pass through
  /// it.
  static boolean willRecord(Op op) {
    return records() && tracksAny(op.inputs());
  }

  /// Whether this thread has a tape that is recording.
  static boolean records() {
    var tape = CURRENT.get();
    return tape != null && tape.recording;
  }

  /// Whether this thread's tape, if one is open, finds the gradient of a leaf that requires one.
  static boolean seeks(Tensor leaf) {
    var tape = CURRENT.get();
    return tape == null || tape.sought.isEmpty() || tape.sought.get() == leaf;
  }

  /// Whether a gradient of some of these is required.
  static boolean tracksAny(List<Tensor> inputs) {
    for (var input : inputs) {
      if (input.tracked()) {
        return true;
      }
    }
    return false;
  }
}
