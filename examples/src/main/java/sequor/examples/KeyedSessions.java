package sequor.examples;

import static java.lang.Math.abs;

import java.util.List;
import java.util.stream.IntStream;
import sequor.models.RecurrentEncoder;
import sequor.tasks.classify.Classifier;
import sequor.tasks.classify.Classify;
import sequor.tasks.classify.Example;

/// Very many sequences that come event by event, all mixed up, each with a state of its own.
///
/// ```
/// state of a key → session → one event → answer → state of the key
/// ```
///
/// A model that reads one way keeps of a sequence no more than its state: here H floats and 37
/// bytes around them, however long the sequence is. So a machine holds as many sequences as states
/// fit into its memory, and an event costs one step. The answer after any event is that which the
/// whole sequence would get.
///
/// Arguments: how many keys (100,000 unless said otherwise).
final class KeyedSessions {
  private static final int HIDDEN = 128;
  private static final String[] EVENTS = {"ab", "ba", "bb"}; // letter by letter, of every key

  static void main(String[] args) {
    int keys = args.length == 0 ? 100_000 : Integer.parseInt(args[0]);
    var model = trained();
    long before = used();
    long start = System.nanoTime();
    byte[][] states = new byte[keys][];
    for (int key = 0; key < keys; key++) {
      states[key] = model.session().toBytes();
    }
    int bytes = states[0].length;
    for (int event = 0; event < EVENTS[0].length(); event++) {
      for (int key = 0; key < keys; key++) { // one event of each, in turn
        var session = model.session(states[key]);
        session.step(EVENTS[key % EVENTS.length].substring(event, event + 1));
        states[key] = session.toBytes();
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    long heap = used() - before;
    IO.println(
        "%,d sessions of %,d bytes, %.1f MB of heap, %.1f MB with all else; %.0f µs an event"
            .formatted(
                keys, bytes, heap / 1e6, used() / 1e6, seconds * 1e6 / keys / EVENTS[0].length()));

    check(model, states);
    Claim.holds(bytes == states[keys - 1].length, "the size never changes: %d bytes", bytes);
    long most = keys * (bytes + 32L) + 8_000_000; // an array has a head, and there is some slack
    Claim.holds(heap < most, "nothing else is kept: %d bytes of heap, at most %d", heap, most);
  }

  /// Some keys, beside what their whole sequences get.
  private static void check(Classifier model, byte[][] states) {
    for (int key = 0; key < states.length; key += Math.max(1, states.length / 100)) {
      var soFar = model.session(states[key]).now();
      var whole = model.predict(EVENTS[key % EVENTS.length]);
      Claim.holds(
          soFar.label().equals(whole.label())
              && abs(soFar.probability() - whole.probability()) < 1e-5,
          "key %d: %s as it came, %s as a whole",
          key,
          soFar,
          whole);
    }
  }

  private static Classifier trained() {
    List<Example> words =
        IntStream.range(0, 60)
            .mapToObj(i -> Example.of("ab".repeat(1 + i % 5) + "b".repeat(i % 3), "b" + i % 3))
            .toList();
    return Classify.with(RecurrentEncoder.gru(HIDDEN).oneWay()).epochs(2).seed(7).train(words);
  }

  /// The heap that is in use, after what nobody needs was taken away.
  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
