package sequor.tasks;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is made when it is first asked for, and only then.
///
/// @param <T> what is made
public final class Once<T> {
  private final Supplier<T> make;
  private volatile @Nullable T made;

  public Once(Supplier<T> make) {
    this.make = make;
  }

  /// It, if it was made.
  public Optional<T> ifMade() {
    return Optional.ofNullable(made);
  }

  public T get() {
    T ready = made;
    if (ready == null) {
      synchronized (this) {
        ready = made;
        if (ready == null) {
          ready = make.get();
          made = ready;
        }
      }
    }
    return ready;
  }
}
