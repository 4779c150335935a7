package sequor.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Runs numbered tasks on a few threads.
///
/// A kernel cuts its problem into tasks by the problem's sizes alone; which thread takes which task
/// is left to chance. So a sum has the same order, and a result the same bits, for any number of
/// threads.
///
/// The caller takes part. Each thread begins with a share of its own, neighbouring tasks, in every
/// job the same ones, because the caches of its core may hold what it wrote there in the job
/// before. Then it takes what is left of the others' shares, so the fast thread does more. One job
/// has the helpers at a time: a caller that finds them busy, such as a second request or a task
/// that itself calls [#run], does all of its own work.
public final class Parallel {
  /// The system property that sets the number of threads at the start.
  public static final String PROPERTY = "sequor.threads";

  // Long enough to bridge the gap between two kernels of a training step, short enough to be
  // nothing beside what waking a thread costs.
  private static final long SPIN_NANOS = 30_000;

  private static final AtomicReference<@Nullable Job> CURRENT = new AtomicReference<>();
  private static final List<Helper> HELPERS = new ArrayList<>();
  private static volatile int threads = initialThreads();

  private Parallel() {}

  /// A stretch of a problem: the places `from ≤ i < to`.
  @FunctionalInterface
  public interface Range {
    void run(int from, int to);
  }

  /// How many threads work on one job, the caller included.
  public static int threads() {
    return threads;
  }

  /// Sets how many threads work on one job. It changes how long results take, never their bits.
  public static void threads(int count) {
    if (count < 1) {
      throw new KernelsException("threads must be at least 1, got " + count);
    }
    threads = count;
  }

  /// Runs `task` for `0 ≤ i < tasks`, in any order, and returns when all have ended. The first
  /// exception is thrown again here; tasks not yet begun are then left out.
  public static void run(int tasks, IntConsumer task) {
    int workers = Math.min(threads, tasks);
    if (workers > 1) {
      var job = new Job(tasks, workers - 1, task, Thread.currentThread());
      if (CURRENT.compareAndSet(null, job)) {
        try {
          call(workers - 1);
          job.work(0);
          job.await();
        } finally {
          CURRENT.set(null);
        }
        job.rethrow();
        return;
      }
    }
    for (int i = 0; i < tasks; i++) {
      task.accept(i);
    }
  }

  /// Cuts `0 ≤ i < n` into ranges of `grain` and runs them as tasks. The last one may be shorter.
  public static void ranges(int n, int grain, Range range) {
    if (n <= grain) {
      range.run(0, n);
      return;
    }
    run(
        (int) (((long) n + grain - 1) / grain),
        i -> range.run(i * grain, (int) Math.min(n, (i + 1L) * grain)));
  }

  private static int initialThreads() {
    int given = Integer.getInteger(PROPERTY, Runtime.getRuntime().availableProcessors());
    if (given < 1) {
      throw new KernelsException(PROPERTY + " must be at least 1, got " + given);
    }
    return given;
  }

  /// Wakes the first `count` helpers, hiring those that do not exist yet. Only the caller that owns
  /// the current job comes here, so the list needs no lock.
  private static void call(int count) {
    while (HELPERS.size() < count) {
      var helper = new Helper(HELPERS.size() + 1);
      HELPERS.add(helper);
      helper.start();
    }
    for (int i = 0; i < count; i++) {
      HELPERS.get(i).wake();
    }
  }

  private static final class Job {
    private static final AtomicLong MADE = new AtomicLong();

    // Each counter has a cache line of its own, because what one thread writes takes away the whole
    // line from the others.
    private static final int APART = 16;
    private static final int LEFT = 0;
    private static final int SEATS = APART;
    private static final int NEXT = 2 * APART; // and on, of each share

    private final long number = MADE.incrementAndGet();
    private final int tasks;
    private final int shares;
    private final IntConsumer task;
    private final Thread caller;
    private final AtomicIntegerArray counters;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Job(int tasks, int seats, IntConsumer task, Thread caller) {
      this.tasks = tasks;
      this.task = task;
      this.caller = caller;
      shares = seats + 1;
      counters = new AtomicIntegerArray(NEXT + shares * APART);
      counters.set(LEFT, tasks);
      counters.set(SEATS, seats);
      for (int share = 1; share < shares; share++) {
        counters.set(next(share), begin(share));
      }
    }

    private static int next(int share) {
      return NEXT + share * APART;
    }

    private int begin(int share) {
      return (int) ((long) share * tasks / shares);
    }

    private int left() {
      return counters.get(LEFT);
    }

    boolean takeSeat() {
      return left() > 0 && counters.getAndDecrement(SEATS) > 0;
    }

    /// Works on a thread's own share, then on what is left of the others'.
    void work(int thread) {
      for (int i = 0; i < shares; i++) {
        workOnShare((thread + i) % shares);
      }
    }

    private void workOnShare(int share) {
      int end = begin(share + 1);
      int next = next(share);
      for (int i = counters.getAndIncrement(next); i < end; i = counters.getAndIncrement(next)) {
        try {
          if (failure.get() == null) {
            task.accept(i);
          }
        } catch (Throwable e) {
          failure.compareAndSet(null, e);
        }
        if (counters.decrementAndGet(LEFT) == 0) {
          LockSupport.unpark(caller);
        }
      }
    }

    void await() {
      long start = System.nanoTime();
      while (left() > 0) {
        if (System.nanoTime() - start < SPIN_NANOS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
    }

    void rethrow() {
      switch (failure.get()) {
        case null -> {}
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable e -> throw new AssertionError("a task can throw nothing else", e);
      }
    }
  }

  private static final class Helper extends Thread {
    private final int number;
    private volatile boolean asleep;

    Helper(int number) {
      super("sequor-helper-" + number);
      this.number = number;
      setDaemon(true);
    }

    void wake() {
      if (asleep) {
        LockSupport.unpark(this);
      }
    }

    @Override
    public void run() {
      long done = 0;
      while (true) {
        done = work(nextJob(done));
      }
    }

    /// Gives the number of the job, because the helper must not keep hold of the job itself, which
    /// knows all that its task has read and written.
    private long work(Job job) {
      if (job.takeSeat()) {
        job.work(number);
      }
      return job.number;
    }

    private Job nextJob(long done) {
      long start = System.nanoTime();
      while (true) {
        var job = unless(done);
        if (job != null) {
          asleep = false;
          return job;
        }
        if (asleep) {
          LockSupport.park(CURRENT);
        } else if (System.nanoTime() - start < SPIN_NANOS) {
          Thread.onSpinWait();
        } else {
          asleep = true; // and look once more: a job published before this is seen now
        }
      }
    }

    /// The current job, if it is another than the one with that number.
    private static @Nullable Job unless(long done) {
      var job = CURRENT.get();
      return job == null || job.number == done ? null : job;
    }
  }
}
