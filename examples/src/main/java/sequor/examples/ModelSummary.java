package sequor.examples;

import java.util.random.RandomGenerator;
import sequor.Seed;
import sequor.nn.Activation;
import sequor.nn.Bidirectional;
import sequor.nn.Embedding;
import sequor.nn.LayerTable;
import sequor.nn.Linear;
import sequor.nn.Lstm;
import sequor.nn.Rnn;
import sequor.tensor.Ids;

/// What a model is made of: layer, output shape, parameters, trainable or frozen, totals.
///
/// ```
/// Embedding   V·D
/// Rnn         H·D + H·H + b·H            b biases: 1 in Keras, 2 in PyTorch and here
/// Lstm        4 (H·D + H·H + b·H)
/// Linear      D·H + H
/// ```
///
/// The models are those of books that use Keras, in sizes that give the counts printed there. Keras
/// adds one bias to the input and the hidden state together; PyTorch, and with it Sequor, one to
/// each (`bias_ih` and `bias_hh`), so that weights can be exchanged. That is H numbers more for
/// each `Rnn` and 4H for each `Lstm`, twice that when both directions are read.
///
/// Letters: B batch, T steps, D input size, H hidden size, V vocabulary.
final class ModelSummary {
  private static final int B = 2;
  private static final int T = 20;
  private static final Ids IDS = Ids.of(new int[B * T], B, T);

  static void main() {
    var random = new Seed(1).generator();
    show("an embedding", embedding(random), 600, 0);
    show("two Elman layers", elman(random, false), 36_193, 32 + 32);
    show("a film review read both ways", bothWays(random), 1_180_501, 64 + 64);
    show("a text character by character", characters(random), 1_636_432, 4 * 512);

    var frozen = elman(random, true);
    IO.println("two Elman layers whose embedding is frozen\n" + frozen);
    long trainable = frozen.trainableParameterCount();
    Claim.holds(trainable == 36_257 - 32_000, "all but the embedding learns: %d", trainable);
  }

  private static void show(String name, LayerTable table, long withOneBias, long second) {
    IO.println(name + "\n" + table);
    long count = table.parameterCount();
    IO.println(
        "with one bias a recurrent layer %,d, the second bias %,d more\n"
            .formatted(count - second, second));
    Claim.holds(count - second == withOneBias, "%s: %d", name, count);
  }

  /// 100 words of 6 numbers.
  static LayerTable embedding(RandomGenerator random) {
    var table = new LayerTable();
    var embedding = new Embedding(100, 6, random);
    table.add("embedding", embedding, embedding.forward(IDS)); // (B,T,6)
    return table;
  }

  /// Two Elman layers over 1000 words of 32 numbers, and one output.
  static LayerTable elman(RandomGenerator random, boolean frozen) {
    var table = new LayerTable();
    var embedding = new Embedding(1000, 32, random);
    var first = new Rnn(32, 32, random);
    var second = new Rnn(32, 32, random);
    var output = new Linear(32, 1, random);
    if (frozen) {
      embedding.freeze();
    }
    var x = table.add("embedding", embedding, embedding.forward(IDS)); // (B,T,32)
    var hidden = table.add("first", first, first.forward(x).hidden()); // (B,T,32)
    var last = table.add("second", second, second.forward(hidden).last().h()); // (B,32)
    table.add("output", output, output.forward(last)); // (B,1)
    return table;
  }

  /// An Elman layer of 64 read both ways over 58,065 words of 20 numbers, and two linear layers.
  /// How many words there are follows from the count.
  static LayerTable bothWays(RandomGenerator random) {
    var table = new LayerTable();
    var embedding = new Embedding(58_065, 20, random);
    var rnn = new Bidirectional<>(new Rnn(20, 64, random), new Rnn(20, 64, random));
    var hidden = new Linear(128, 64, random);
    var output = new Linear(64, 1, random);
    var x = table.add("embedding", embedding, embedding.forward(IDS)); // (B,T,20)
    var last = table.add("rnn", rnn, rnn.forward(x).last().output()); // (B,128)
    var h = table.add("hidden", hidden, hidden.forward(last)); // (B,64)
    h = table.add("relu", Activation.RELU, h.relu());
    table.add("output", output, output.forward(h)); // (B,1)
    return table;
  }

  /// An LSTM of 512 over 80 characters of 256 numbers, which says the next one at each step.
  static LayerTable characters(RandomGenerator random) {
    var table = new LayerTable();
    var embedding = new Embedding(80, 256, random);
    var lstm = new Lstm(256, 512, random);
    var output = new Linear(512, 80, random);
    var x = table.add("embedding", embedding, embedding.forward(IDS)); // (B,T,256)
    var hidden = table.add("lstm", lstm, lstm.forward(x).hidden()); // (B,T,512)
    table.add("output", output, output.forward(hidden)); // (B,T,80)
    return table;
  }
}
