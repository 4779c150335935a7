package sequor.data;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// Examples that can be gone through again and again, in the same order, without all of them being
/// in memory.
///
/// ```java
/// Source<Row> rows = TableReader.csv().open(Path.of("films.csv"));
/// try (var cursor = rows.map(row -> row.field("text")).open()) {
///   cursor.forEachRemaining(IO::println);
/// }
/// ```
///
/// @param <E> an example
public interface Source<E> {
  /// From the first on.
  Cursor<E> open();

  /// How many there are, where that is known without going through them.
  default OptionalLong size() {
    return OptionalLong.empty();
  }

  /// What is in memory.
  static <E> Source<E> of(List<? extends E> examples) {
    List<E> all = List.copyOf(examples);
    return new Source<>() {
      @Override
      public Cursor<E> open() {
        return Cursor.of(all.iterator());
      }

      @Override
      public OptionalLong size() {
        return OptionalLong.of(all.size());
      }

      @Override
      public List<E> toList() {
        return all;
      }
    };
  }

  /// All of them in memory.
  default List<E> toList() {
    var all = new ArrayList<E>();
    try (var cursor = open()) {
      cursor.forEachRemaining(all::add);
    }
    return List.copyOf(all);
  }

  /// What a function makes of each.
  default <R> Source<R> map(Function<? super E, ? extends R> mapper) {
    var from = this;
    return new Source<>() {
      @Override
      public Cursor<R> open() {
        return mapped(from.open(), mapper);
      }

      @Override
      public OptionalLong size() {
        return from.size();
      }
    };
  }

  private static <E, R> Cursor<R> mapped(
      Cursor<E> cursor, Function<? super E, ? extends R> mapper) {
    return new Cursor<>() {
      @Override
      public boolean hasNext() {
        return cursor.hasNext();
      }

      @Override
      public R next() {
        return mapper.apply(cursor.next());
      }

      @Override
      public void skip(long count) {
        cursor.skip(count); // and maps none of them
      }

      @Override
      public void close() {
        cursor.close();
      }
    };
  }

  /// Those whose number, from 0, passes.
  default Source<E> where(LongPredicate number) {
    return () -> filtered(open(), number);
  }

  private static <E> Cursor<E> filtered(Cursor<E> cursor, LongPredicate passes) {
    return new Cursor<>() {
      private long number;
      private @Nullable E next;

      @Override
      public boolean hasNext() {
        while (next == null && cursor.hasNext()) {
          if (passes.test(number++)) {
            next = cursor.next();
          } else {
            cursor.skip(1);
          }
        }
        return next != null;
      }

      @Override
      public E next() {
        if (!hasNext()) {
          throw new NoSuchElementException("cursor: no more");
        }
        E found = requireNonNull(next);
        next = null;
        return found;
      }

      @Override
      public void close() {
        cursor.close();
      }
    };
  }
}
