package sequor.tasks.language;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sequor.json.JsonArray;
import sequor.json.JsonFile;
import sequor.store.ModelDirectory;
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
/// Saved are the counts of its n-grams ([NGramFile]).
final class NGramShare {
  private static final String FILE = "ngrams.bin";
  private static final String FIRST_FILE = "ngrams.json"; // before there was a file of counts

  private final KneserNey model;
  private final double share; // λ

  /// @param share λ, above 0 and below 1
  /// @param sequences each with its end mark
  NGramShare(int order, double share, int vocabularySize, List<int[]> sequences) {
    this(KneserNey.train(order, vocabularySize, sequences), share);
  }

  private NGramShare(KneserNey model, double share) {
    this.model = model;
    this.share = share;
  }

  KneserNey model() {
    return model;
  }

  /// Mixes it into what the network says of the next token.
  ///
  /// @param history the tokens of the text so far
  /// @param own room for what the n-grams say (V), overwritten
  void mixInto(double[] probabilities, int[] history, double[] own) {
    model.distribution(history, own);
    double sum = 0;
    for (int v = 0; v < own.length; v++) {
      probabilities[v] = Math.pow(probabilities[v], 1 - share) * Math.pow(own[v], share);
      sum += probabilities[v];
    }
    for (int v = 0; v < own.length; v++) {
      probabilities[v] /= sum;
    }
  }

  /// Whether a model has n-grams.
  static boolean isIn(ModelDirectory directory) {
    return Files.exists(file(directory)) || firstFile(directory).exists();
  }

  private static Path file(ModelDirectory directory) {
    return directory.path().resolve(FILE);
  }

  private static JsonFile firstFile(ModelDirectory directory) {
    return new JsonFile(directory.path().resolve(FIRST_FILE));
  }

  /// @throws sequor.store.StoreException if it cannot be written
  void write(ModelDirectory directory) {
    new NGramFile(model.counts(), share).write(file(directory));
  }

  /// Reads the n-grams of a model, those of a model that was saved with its texts too.
  ///
  /// @throws sequor.SequorException as [NGramFile#read]
  static NGramShare read(ModelDirectory directory, Vocabulary vocabulary) {
    if (!Files.exists(file(directory)) && firstFile(directory).exists()) {
      return readFirst(firstFile(directory), vocabulary);
    }
    var saved = NGramFile.read(file(directory), vocabulary.size());
    return new NGramShare(KneserNey.of(saved.counts()), saved.share());
  }

  /// The training texts as ids, one after another, each with `<eos>` at its end.
  private static NGramShare readFirst(JsonFile file, Vocabulary vocabulary) {
    var json = file.read();
    return new NGramShare(
        json.wholeNumber("order", 1, 12),
        json.number("share", 0, 1),
        vocabulary.size(),
        cutAtEnds(json.array("ids"), vocabulary));
  }

  private static List<int[]> cutAtEnds(JsonArray ids, Vocabulary vocabulary) {
    int[] all = ids.wholeNumbers(0, vocabulary.size() - 1);
    var sequences = new ArrayList<int[]>();
    int from = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] == vocabulary.eos()) {
        sequences.add(Arrays.copyOfRange(all, from, i + 1));
        from = i + 1;
      }
    }
    return sequences;
  }
}
