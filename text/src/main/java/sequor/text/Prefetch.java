package sequor.text;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// Prepares the next things on a thread of its own while the last one is being worked on.
///
/// ```java
/// try (var batches = Prefetch.of(epoch.iterator(), 4)) {
///   while (batches.hasNext()) {
///     learn(batches.next());
///   }
/// }
/// ```
///
/// The order stays as it is. What the source throws, [#hasNext] and [#next] throw where the failed
/// thing would have come. The source is asked by the other thread alone, and at most `ahead` + 1
/// things before they are wanted. One thread may take from it; any may close it.
///
/// @param <T> what is prepared
public final class Prefetch<T> implements Iterator<T>, AutoCloseable {
  /// What the other thread hands over: a thing, or why there are no more.
  private sealed interface Handed<T> {
    record Ready<T>(T value) implements Handed<T> {}

    record Failed<T>(Throwable cause) implements Handed<T> {}

    record End<T>() implements Handed<T> {}
  }

  private final BlockingQueue<Handed<T>> queue;
  private final Thread worker;
  private volatile boolean closed;
  private @Nullable Handed<T> next;

  private Prefetch(Iterator<? extends T> source, int ahead) {
    queue = new ArrayBlockingQueue<>(ahead);
    worker = Thread.ofPlatform().name("sequor-prefetch").daemon().unstarted(() -> work(source));
  }

  /// Starts to prepare up to `ahead` things of `source`.
  public static <T> Prefetch<T> of(Iterator<? extends T> source, int ahead) {
    if (ahead < 1) {
      throw new TextException(
          "prefetch: expected to be ahead by 1 or more, got %d; take more".formatted(ahead));
    }
    var prefetch = new Prefetch<T>(source, ahead);
    prefetch.worker.start();
    return prefetch;
  }

  private void work(Iterator<? extends T> source) {
    try {
      while (!closed && source.hasNext()) {
        queue.put(new Handed.Ready<>(source.next()));
      }
      queue.put(new Handed.End<>());
    } catch (InterruptedException e) {
      // Closed while waiting for room: nobody is going to ask for more.
    } catch (Throwable e) {
      failed(e);
    }
  }

  private void failed(Throwable cause) {
    try {
      queue.put(new Handed.Failed<>(cause));
    } catch (InterruptedException e) {
      // Closed: nobody is going to hear of the failure.
    }
  }

  /// Waits until the next thing is ready or it is certain that there is none. False once closed.
  @Override
  public boolean hasNext() {
    if (closed) {
      return false;
    }
    Handed<T> handed = peek();
    if (handed instanceof Handed.Failed<T>(var cause)) {
      throw rethrown(cause);
    }
    return !closed && handed instanceof Handed.Ready<T>;
  }

  @Override
  public T next() {
    if (hasNext() && peek() instanceof Handed.Ready<T>(var value)) {
      next = null;
      return value;
    }
    throw new NoSuchElementException(closed ? "prefetch: closed" : "prefetch: no more");
  }

  /// Lets go of what was prepared and ends the other thread.
  @Override
  public void close() {
    closed = true;
    worker.interrupt();
    queue.clear();
    queue.offer(new Handed.End<>()); // for somebody who is waiting
  }

  private Handed<T> peek() {
    Handed<T> handed = next;
    if (handed == null) {
      try {
        handed = queue.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TextException(
            "prefetch: expected to wait for the next, got an interruption; the work was cancelled",
            e);
      }
      next = handed;
    }
    return handed;
  }

  /// The failure itself, so that its type is still there to be caught.
  private static RuntimeException rethrown(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException failure
        ? failure
        : new TextException(
            "prefetch: expected the next, got %s; look at its cause".formatted(cause), cause);
  }
}
