package sequor.benchmarks.peers;

import java.util.function.Supplier;

/// The work of one row as one checkout of Sequor does it. It is known to others as a [Runnable]
/// that does a step and a [Supplier] that does one and shows what came out, because two checkouts
/// in one process share the classes of the JDK alone.
public final class CheckoutWork implements Runnable, Supplier<float[]> {
  private final Step step;

  /// @param row the name of a row that is no whole [Job]
  public CheckoutWork(String row, int threads) {
    step = new SequorContestant(threads).prepare((Work) Rows.named(row).task());
  }

  @Override
  public void run() {
    step.run();
  }

  @Override
  public float[] get() {
    return step.outputs();
  }
}
