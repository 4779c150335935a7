package sequor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// Work that is done on several cores, whose results come in the order of what it is done on, so
/// that they are the same on any machine.
///
/// ```java
/// InOrder.forEach(texts, String::length, tokenizer::tokens, counts::add);
/// ```
public final class InOrder {
  private static final int MOST = 1024; // things at a time …
  private static final int LARGEST = 1 << 20; // … which are no larger together

  private InOrder() {}

  /// Does some work on each thing, a few at a time, and hands its result on.
  ///
  /// @param size how large a thing is, such as the characters of a text: about a million are at
  ///   work at a time, or a single thing
  /// @param work is done by several threads
  /// @param then is called by this thread, in the order of the things
  public static <T, R> void forEach(
      Iterable<T> things, ToIntFunction<T> size, Function<T, R> work, Consumer<R> then) {
    var some = new ArrayList<T>();
    long together = 0;
    for (var thing : things) {
      some.add(thing);
      together += size.applyAsInt(thing);
      if (some.size() == MOST || together >= LARGEST) {
        map(some, work).forEach(then);
        some.clear();
        together = 0;
      }
    }
    map(some, work).forEach(then);
  }

  /// The result for each thing.
  ///
  /// @param work is done by several threads
  public static <T, R> List<R> map(List<T> things, Function<T, R> work) {
    return things.parallelStream().map(work).toList();
  }
}
