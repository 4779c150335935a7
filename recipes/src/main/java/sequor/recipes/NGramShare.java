package sequor.recipes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import sequor.json.Json;
import sequor.json.JsonArray;
import sequor.store.JsonFile;
import sequor.text.Vocabulary;

/// An n-gram model that speaks along with a network: the weighted geometric mean of both
/// (log-linear interpolation, Klakow 1998).
///
/// ```
/// p(w|c) ∝ network(w|c)^(1 − λ) · n-grams(w|c)^λ
/// ```
///
/// The network generalises, the n-grams remember; where there is little text to learn from, both
/// together are better than either.
///
/// Saved are the training texts as ids, from which the counts are made again; every text ends with
/// `<eos>`.
final class NGramShare {
  /// What one JSON file holds.
  static final int MOST_TOKENS = 2_000_000;

  private final KneserNey model;
  private final double share; // λ
  private final List<int[]> sequences;

  /// @param share λ, above 0 and below 1
  /// @param sequences each with its end mark
  NGramShare(int order, double share, int vocabularySize, List<int[]> sequences) {
    this.model = KneserNey.train(order, vocabularySize, sequences);
    this.share = share;
    this.sequences = sequences;
  }

  /// Mixes it into what the network says of the next token.
  ///
  /// @param history the tokens of the text so far
  void mixInto(double[] probabilities, int[] history) {
    double[] own = model.distribution(history);
    double sum = 0;
    for (int v = 0; v < own.length; v++) {
      probabilities[v] = Math.pow(probabilities[v], 1 - share) * Math.pow(own[v], share);
      sum += probabilities[v];
    }
    for (int v = 0; v < own.length; v++) {
      probabilities[v] /= sum;
    }
  }

  void write(JsonFile file) {
    var ids = sequences.stream().flatMapToInt(IntStream::of).boxed().toList();
    file.write(
        Json.object()
            .with("order", model.order())
            .with("share", share)
            .with("ids", Json.ofList(ids)));
  }

  static NGramShare read(JsonFile file, int vocabularySize) {
    var json = file.read();
    return new NGramShare(
        json.wholeNumber("order", 1, 12),
        json.number("share", 0, 1),
        vocabularySize,
        cutAtEnds(json.array("ids"), vocabularySize));
  }

  private static List<int[]> cutAtEnds(JsonArray ids, int vocabularySize) {
    int[] all = ids.wholeNumbers(0, vocabularySize - 1);
    var sequences = new ArrayList<int[]>();
    int from = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] == Vocabulary.EOS) {
        sequences.add(Arrays.copyOfRange(all, from, i + 1));
        from = i + 1;
      }
    }
    return sequences;
  }
}
