package sequor.recipes;

import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import sequor.text.Prefetch;

/// A list whose next elements are made on another thread while the last one is being worked on, if
/// it is read from some place on to its end, as the batches of an epoch are.
final class Ahead<E> extends AbstractList<E> {
  private static final int ELEMENTS = 4;

  private final List<E> elements;
  private Optional<Prefetch<E>> coming = Optional.empty();
  private int next;

  Ahead(List<E> elements) {
    this.elements = elements;
  }

  @Override
  public int size() {
    return elements.size();
  }

  @Override
  public E get(int index) {
    if (coming.isEmpty() || index != next) {
      coming.ifPresent(Prefetch::close);
      coming = Optional.of(Prefetch.of(elements.subList(index, size()).iterator(), ELEMENTS));
    }
    next = index + 1;
    var element = coming.get().next();
    if (next == size()) {
      coming.get().close();
      coming = Optional.empty();
    }
    return element;
  }
}
