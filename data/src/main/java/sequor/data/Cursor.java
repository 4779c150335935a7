package sequor.data;

import java.util.Iterator;

/// Goes once through a [Source].
///
/// @param <E> what it gives
public interface Cursor<E> extends Iterator<E>, AutoCloseable {
  /// Passes over the next so many, or all that there are.
  default void skip(long count) {
    for (long i = 0; i < count && hasNext(); i++) {
      next();
    }
  }

  @Override
  default void close() {}

  /// A cursor over what is in memory.
  static <E> Cursor<E> of(Iterator<? extends E> all) {
    return new Cursor<>() {
      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public E next() {
        return all.next();
      }
    };
  }
}
