package sequor.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import sequor.tensor.Ids;
import sequor.tensor.Seed;
import sequor.tensor.Spans;
import sequor.text.Batch;
import sequor.text.Codec;
import sequor.text.DataSet;
import sequor.text.Fractions;
import sequor.text.Labels;
import sequor.text.Padding;
import sequor.text.Sequence;
import sequor.text.TextException;
import sequor.text.Vocabulary;
import sequor.text.WhitespaceTokenizer;

/// From sentences to the numbers a model reads, and back.
///
/// ```
/// split → tokens → vocabulary → ids → batch (B,T) with pads → mask (B,T)
/// labels → label vocabulary → classes
/// ```
///
/// Split first. A vocabulary made of all sentences would know words that the model has never
/// learned from, and the test would look better than life. Pads reach to the longest sentence of a
/// batch, or to a width that is the same for all; then what is longer is cut. Labels have a
/// vocabulary of their own, without specials: a model says one of the classes it knows, and a label
/// that is none of them is a mistake in the data.
///
/// Letters: B batch, T steps.
final class CorpusToNumbers {
  private static final int WIDTH = 6;
  private static final List<String> CORPUS =
      List.of(
          "The river follows the valley",
          "The path follows the river to the sea",
          "Rain falls on the hill",
          "The rain feeds the river",
          "A boat drifts down the river",
          "The sea feeds the rain",
          "Snow falls on the mountain",
          "The path climbs the hill",
          "A heron waits by the water",
          "The valley opens to the sea");

  static void main() throws IOException {
    var split = DataSet.split(CORPUS, new Fractions(0.6, 0.2, 0.2), new Seed(1).generator());
    IO.println(split);

    // Every token of the training sentences gets an id; 0 to 3 are <pad> <unk> <bos> <eos>.
    var codec = Codec.learn(new WhitespaceTokenizer().lowerCased(), split.train());
    var vocabulary = codec.vocabulary();
    IO.println(vocabulary.size() + " ids, the frequent first: " + vocabulary.tokens());

    for (var sentence : split.train()) {
      Claim.holds(
          codec.decode(codec.encode(sentence)).equalsIgnoreCase(sentence), "there and back");
    }
    int unknown = 0;
    for (var sentence : split.test()) {
      int[] ids = codec.encode(sentence);
      IO.println(sentence + " → " + Arrays.toString(ids) + " → " + codec.decode(ids));
      unknown += (int) Arrays.stream(ids).filter(id -> id == Vocabulary.UNK).count();
    }
    Claim.holds(unknown > 0, "a word that no training sentence has is unknown");

    // A language model reads <bos> a b c and says a b c <eos>.
    var pair = Sequence.nextToken(codec.encode(split.train().getFirst()));
    IO.println("reads " + spelled(vocabulary, pair.ids()));
    IO.println("says  " + spelled(vocabulary, pair.targets()));

    batch(codec, split.train());
    fixedWidth(codec, split.train());
    labels();
    saveAndLoad(codec);
  }

  private static void batch(Codec codec, List<String> sentences) {
    var sequences = sentences.stream().map(s -> Sequence.of(codec.encode(s))).toList();
    var batch = Batch.of(sequences, Padding.RIGHT);
    var ids = Ids.of(batch.ids(), batch.batch(), batch.steps()); // (B,T), for an embedding
    var mask = Spans.right(batch.lengths(), batch.steps()).mask(); // (B,T), 1 where real
    for (int b = 0; b < batch.batch(); b++) {
      int from = b * batch.steps();
      int[] row = Arrays.copyOfRange(batch.ids(), from, from + batch.steps());
      IO.println("%s   mask %s".formatted(Arrays.toString(row), mask.slice(0, b, b + 1)));
    }
    Claim.holds(mask.sum().item() == batch.tokens(), "the mask counts the tokens");
    int pads = ids.shape().size() - batch.tokens();
    Claim.holds(ids.count(Vocabulary.PAD) == pads, "all else is <pad>: %d", pads);
  }

  private static void fixedWidth(Codec codec, List<String> sentences) {
    var ids = toWidth(sentences.stream().map(codec::encode).toList(), WIDTH); // (B,WIDTH)
    for (int b = 0; b < sentences.size(); b++) {
      IO.println("%s   of width %d".formatted(ids.select(0, b), WIDTH));
    }
    Claim.holds(ids.count(Vocabulary.PAD) > 0, "what is shorter is filled up");
  }

  /// Each sentence cut or filled up to one width. // (B,width)
  static Ids toWidth(List<int[]> sentences, int width) {
    int[] ids =
        sentences.stream()
            .map(sentence -> Arrays.copyOf(sentence, width)) // fills up with 0, which is <pad>
            .flatMapToInt(Arrays::stream)
            .toArray();
    return Ids.of(ids, sentences.size(), width);
  }

  private static void labels() {
    var labels = Labels.of(List.of("water", "land", "water"));
    IO.println("classes, from 0: " + labels.names());
    Claim.holds(labels.size() == 2 && labels.id("land") == 0, "no specials");
    try {
      throw new AssertionError("this does not hold: a class for " + labels.id("air"));
    } catch (TextException e) {
      IO.println("no class: " + e.getMessage());
    }
  }

  private static void saveAndLoad(Codec codec) throws IOException {
    Path file = Files.createTempDirectory("sequor").resolve("tokenizer.json");
    codec.save(file);
    Claim.holds(Codec.load(file).equals(codec), "what was saved is what is loaded");
    IO.println("saved and loaded: " + file.getFileName());
    Files.delete(file);
    Files.delete(file.getParent());
  }

  private static String spelled(Vocabulary vocabulary, int[] ids) {
    return Arrays.stream(ids).mapToObj(vocabulary::token).collect(Collectors.joining(" "));
  }
}
