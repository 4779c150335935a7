package sequor.benchmarks.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import sequor.speed.CpuClock;

/// The process in which one contestant does one row, when it is told to. It says on standard output
/// one line at a time what [Answer] reads, and computes nothing between its turns.
final class Child {
  private static final Duration WARM_UP = Duration.ofSeconds(8);
  private static final int FEWEST_TO_WARM_UP = 5;
  private static final int FEWEST_OF_A_TURN = 2;
  private static final int SHOWN_STEPS = 3; // a wrong gradient shows in the losses after it
  private static final int MOST_STEPS = 20_000;

  private Child() {}

  /// Arguments: class of the contestant, name of the row, number of threads.
  static void main(String[] args) throws IOException {
    var answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err); // what libraries print is not for the parent
    Step step;
    try {
      var contestant = contestant(args[0], Integer.parseInt(args[2]));
      step = contestant.prepare((Work) Rows.named(args[1]).task());
      answers.println(new Answer.Outputs(outputs(step)).line());
      turn(step, WARM_UP, FEWEST_TO_WARM_UP);
      answers.println(new Answer.Ready(contestant.version()).line());
    } catch (Contestant.Unable e) {
      answers.println(new Answer.Unable(String.valueOf(e.getMessage())).line());
      return;
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      e.printStackTrace();
      answers.println(new Answer.Unable(root(e).toString()).line());
      return;
    }
    var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      step.run(); // what others did meanwhile is still in the caches
      long cpu = CpuClock.nanos();
      long[] nanos = turn(step, Duration.ofMillis(Long.parseLong(order)), FEWEST_OF_A_TURN);
      answers.println(new Answer.Times(nanos, CpuClock.nanos() - cpu).line());
    }
  }

  /// What comes out of the first steps, one after the other.
  private static float[] outputs(Step step) {
    float[] all = step.outputs();
    for (int i = 1; i < SHOWN_STEPS; i++) {
      float[] more = step.outputs();
      float[] both = Arrays.copyOf(all, all.length + more.length);
      System.arraycopy(more, 0, both, all.length, more.length);
      all = both;
    }
    return all;
  }

  private static Contestant contestant(String className, int threads)
      throws ReflectiveOperationException {
    return Class.forName(className)
        .asSubclass(Contestant.class)
        .getConstructor(int.class)
        .newInstance(threads);
  }

  private static Throwable root(Throwable thrown) {
    var cause = thrown.getCause();
    return cause == null ? thrown : root(cause);
  }

  /// Runs the step until the time is over, and a few times at least.
  private static long[] turn(Step step, Duration time, int fewest) {
    long[] nanos = new long[MOST_STEPS];
    long end = System.nanoTime() + time.toNanos();
    int steps = 0;
    for (long start = System.nanoTime(); steps < fewest || start < end; steps++) {
      step.run();
      long now = System.nanoTime();
      nanos[steps % MOST_STEPS] = now - start;
      start = now;
    }
    return Arrays.copyOf(nanos, Math.min(steps, MOST_STEPS));
  }
}
