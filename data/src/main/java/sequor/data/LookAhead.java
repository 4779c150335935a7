package sequor.data;

import static java.util.Objects.requireNonNull;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// A cursor that has to fetch the next one to know whether there is one.
abstract class LookAhead<E> implements Cursor<E> {
  private @Nullable E next;

  /// The next one, or null at the end, then and each time after.
  abstract @Nullable E fetch();

  @Override
  public final boolean hasNext() {
    if (next == null) {
      next = fetch();
    }
    return next != null;
  }

  @Override
  public final E next() {
    if (!hasNext()) {
      throw new NoSuchElementException("cursor: no more");
    }
    E found = requireNonNull(next);
    next = null;
    return found;
  }
}
