package sequor.benchmarks.peers;

import java.util.Random;
import java.util.stream.IntStream;
import sequor.speed.Draw;

/// A tagger of words and their letters, and a batch of sentences, by their sizes; the numbers are
/// random, and the same for all.
///
/// ```
/// letters → vectors → LSTM, both ways → last states ┐
///                                     words → vectors ┴→ LSTMs, both ways → linear → tags
/// ```
///
/// @param batch B sentences
/// @param words T of each
/// @param letters L of the longest word; words have from 2 on, and few are long
/// @param vocabulary V
/// @param wordSize D
/// @param alphabet of how many letters
/// @param letterSize E
/// @param letterHidden C, of one direction
/// @param hidden H, of one direction of one layer
/// @param layers that read the sentence
/// @param tags kinds of them
record TaggerWorkload(
    int batch,
    int words,
    int letters,
    int vocabulary,
    int wordSize,
    int alphabet,
    int letterSize,
    int letterHidden,
    int hidden,
    int layers,
    int tags) {

  /// What layer `layer` of those that read the sentence reads.
  int inputSize(int layer) {
    return layer == 0 ? wordSize + 2 * letterHidden : 2 * hidden;
  }

  /// What everybody draws, in this order: the weights in the order of [SequorTagger]'s parameters,
  /// the words, their letters and how many these are, what is right.
  final class Numbers {
    private final Random random = new Random(1);

    /// Numbers between −1/√H and 1/√H.
    float[] weights(int count) {
      return Draw.weights(random, hidden, count);
    }

    /// Ids (B·T).
    int[] words() {
      return ids(batch * words, vocabulary);
    }

    /// Ids (B·T·L).
    int[] letters() {
      return ids(batch * words * letters, alphabet);
    }

    /// How many letters each word has, from 2 to L, about L/3 in the mean (B·T).
    int[] lengths() {
      return IntStream.range(0, batch * words)
          .map(_ -> 2 + random.nextInt(1 + random.nextInt(letters - 1)) * 2 / 3)
          .toArray();
    }

    /// The right tags (B·T).
    int[] targets() {
      return ids(batch * words, tags);
    }

    private int[] ids(int count, int kinds) {
      return random.ints(count, 0, kinds).toArray();
    }
  }
}
