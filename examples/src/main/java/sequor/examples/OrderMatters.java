package sequor.examples;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import sequor.Seed;
import sequor.nn.Embedding;
import sequor.nn.Linear;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.nn.Rnn;
import sequor.tensor.Ids;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.train.Adam;

/// Two classes that differ only in the order of the same words.
///
/// ```
/// not cold but warm   → good      bag of words   y = W₂·max(W₁·counts + b₁, 0) + b₂
/// not warm but cold   → bad       recurrent      y = W·h_T + b
/// ```
///
/// Both sentences of a pair have the same counts, so a network that reads counts says the same of
/// both and is right about one: 50 %, whatever its weights. A recurrent network reads one word
/// after the other and learns what counts: the last. The pairs of the test are not among those of
/// the training.
///
/// Letters: B sentences, T words of each, V vocabulary, C classes.
final class OrderMatters {
  private static final List<String> GOOD = List.of("kind", "warm", "bright", "calm", "fresh");
  private static final List<String> BAD = List.of("rude", "cold", "dark", "loud", "stale");
  private static final List<String> WORDS =
      Stream.of(List.of("not", "but"), GOOD, BAD).flatMap(List::stream).toList();
  private static final int V = WORDS.size();
  private static final int STEPS = 200;

  /// @param ids (B,T)
  /// @param classes (B), 0 bad, 1 good
  record Sentences(Ids ids, Ids classes) {}

  /// A network that says something of sentences: (B,T) → (B,C).
  interface Network extends NnModule {
    Tensor forward(Ids ids);
  }

  record BagOfWords(Linear hidden, Linear output) implements Network {
    BagOfWords(RandomGenerator random) {
      this(new Linear(V, 16, random), new Linear(16, 2, random));
    }

    @Override
    public Tensor forward(Ids ids) {
      var counts = ids.oneHot(V).sum(1); // (B,T,V) → (B,V)
      return output.forward(hidden.forward(counts).relu()); // (B,C)
    }

    @Override
    public Parts parts() {
      return Parts.of("hidden", hidden).and("output", output);
    }
  }

  record Recurrent(Embedding embedding, Rnn rnn, Linear output) implements Network {
    Recurrent(RandomGenerator random) {
      this(new Embedding(V, 8, random), new Rnn(8, 16, random), new Linear(16, 2, random));
    }

    @Override
    public Tensor forward(Ids ids) {
      var last = rnn.forward(embedding.forward(ids)).last(); // (B,16)
      return output.forward(last.h()); // (B,C)
    }

    @Override
    public Parts parts() {
      return Parts.of("embedding", embedding).and("rnn", rnn).and("output", output);
    }
  }

  static void main() {
    var random = new Seed(1).generator();
    var pairs = pairs();
    Collections.shuffle(pairs, random);
    var train = numbers(pairs.subList(0, 18));
    var test = numbers(pairs.subList(18, pairs.size()));
    double bag = accuracy(new BagOfWords(random), train, test);
    double recurrent = accuracy(new Recurrent(random), train, test);
    IO.println("bag of words  %5.1f %% of the test".formatted(100 * bag));
    IO.println("recurrent     %5.1f %%".formatted(100 * recurrent));
    Claim.holds(bag == 0.5, "a bag of words stays at chance: %f", bag);
    Claim.holds(recurrent == 1, "a recurrent network makes no mistake: %f", recurrent);
  }

  /// Every good word with every bad one.
  static List<List<String>> pairs() {
    var pairs = new ArrayList<List<String>>();
    GOOD.forEach(good -> BAD.forEach(bad -> pairs.add(List.of(good, bad))));
    return pairs;
  }

  /// Both sentences of each pair.
  static Sentences numbers(List<List<String>> pairs) {
    var ids = new ArrayList<Integer>();
    for (var pair : pairs) {
      for (var sentence : List.of(pair.reversed(), pair)) { // good is last, bad is last
        Stream.of("not", sentence.getFirst(), "but", sentence.getLast())
            .map(WORDS::indexOf)
            .forEach(ids::add);
      }
    }
    int count = 2 * pairs.size();
    int[] classes = new int[count];
    for (int i = 0; i < count; i++) {
      classes[i] = 1 - i % 2;
    }
    int[] flat = ids.stream().mapToInt(id -> id).toArray();
    return new Sentences(Ids.of(flat, count, flat.length / count), Ids.of(classes));
  }

  /// Trains, and tells which share of the test is right.
  static double accuracy(Network network, Sentences train, Sentences test) {
    var adam = new Adam(network.parameters(), 0.01f);
    for (int step = 0; step < STEPS; step++) {
      try (var tape = Tape.open()) {
        tape.backward(network.forward(train.ids()).crossEntropy(train.classes()));
        adam.step();
      }
    }
    var said = network.forward(test.ids()).argmax(); // (B)
    return said.toFloat().equalTo(test.classes().toFloat()).mean().item();
  }
}
