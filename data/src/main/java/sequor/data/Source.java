package sequor.data;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
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
    forEach(all::add);
    return List.copyOf(all);
  }

  /// Gives each to `action`, in order.
  default void forEach(Consumer<? super E> action) {
    try (var cursor = open()) {
      cursor.forEachRemaining(action);
    }
  }

  /// The same for a loop, which closes its cursor when it comes to the end.
  default Iterable<E> iterable() {
    return () -> closing(open());
  }

  private static <E> Cursor<E> closing(Cursor<E> cursor) {
    return new LookAhead<>() {
      private boolean closed;

      @Override
      @Nullable E fetch() {
        if (!closed && cursor.hasNext()) {
          return cursor.next();
        }
        close();
        return null;
      }

      @Override
      public void close() {
        if (!closed) {
          closed = true;
          cursor.close();
        }
      }
    };
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

  /// The first ones, that are no larger together than `most`, but always the very first.
  ///
  /// @param size how large one is, such as the characters of a text
  default Source<E> upTo(long most, ToLongFunction<? super E> size) {
    return () -> bounded(open(), most, size);
  }

  private static <E> Cursor<E> bounded(
      Cursor<E> cursor, long most, ToLongFunction<? super E> size) {
    return new LookAhead<>() {
      private long together;

      @Override
      @Nullable E fetch() {
        if (together > most || !cursor.hasNext()) {
          return null;
        }
        var next = cursor.next();
        boolean first = together == 0;
        together += size.applyAsLong(next);
        return first || together <= most ? next : null;
      }

      @Override
      public void close() {
        cursor.close();
      }
    };
  }

  /// These, and behind them those of another.
  default Source<E> and(Source<? extends E> other) {
    return () -> joined(open(), other);
  }

  /// Those that pass.
  default Source<E> filter(Predicate<? super E> passes) {
    return () -> chosen(open(), passes);
  }

  private static <E> Cursor<E> chosen(Cursor<E> cursor, Predicate<? super E> passes) {
    return new LookAhead<>() {
      @Override
      @Nullable E fetch() {
        while (cursor.hasNext()) {
          var next = cursor.next();
          if (passes.test(next)) {
            return next;
          }
        }
        return null;
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

  private static <E> Cursor<E> joined(Cursor<E> first, Source<? extends E> second) {
    return new LookAhead<>() {
      private Cursor<? extends E> at = first;
      private boolean isSecond;

      @Override
      @Nullable E fetch() {
        if (!at.hasNext() && !isSecond) {
          at.close();
          at = second.open();
          isSecond = true;
        }
        return at.hasNext() ? at.next() : null;
      }

      @Override
      public void close() {
        at.close();
      }
    };
  }

  private static <E> Cursor<E> filtered(Cursor<E> cursor, LongPredicate passes) {
    return new LookAhead<>() {
      private long number;

      @Override
      @Nullable E fetch() {
        while (cursor.hasNext()) {
          if (passes.test(number++)) {
            return cursor.next();
          }
          cursor.skip(1);
        }
        return null;
      }

      @Override
      public void close() {
        cursor.close();
      }
    };
  }
}
