package sequor.train;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;

/// The batches of one epoch, one by one.
///
/// @param <B> a batch
public interface Feed<B> extends Iterator<B>, AutoCloseable {
  /// How many the epoch has, where that is known before its end.
  OptionalLong size();

  /// Passes over the next so many, as a run that resumes does.
  void skip(long count);

  @Override
  default void close() {}

  /// The batches of a list, each of which may be made when it is asked for.
  static <B> Feed<B> of(List<B> batches) {
    return new Feed<>() {
      private int next;

      @Override
      public OptionalLong size() {
        return OptionalLong.of(batches.size());
      }

      @Override
      public void skip(long count) {
        next = (int) Math.min(batches.size(), next + count);
      }

      @Override
      public boolean hasNext() {
        return next < batches.size();
      }

      @Override
      public B next() {
        if (!hasNext()) {
          throw new NoSuchElementException("feed: no more batches");
        }
        return batches.get(next++);
      }
    };
  }
}
