package sequor.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.Fractions;
import sequor.tasks.Columns;
import sequor.tensor.Ids;
import sequor.text.Batch;
import sequor.text.Item;
import sequor.text.Labels;
import sequor.text.Padding;
import sequor.text.TextException;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;
import sequor.text.Vocabulary;
import sequor.text.Whitespace;

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
    var train = split.train().toList();
    IO.println("%d sentences to learn from, %s".formatted(train.size(), split.test().toList()));

    // Every token of the training sentences gets an id; 0 to 3 are <pad> <unk> <bos> <eos>.
    var settings = TokenSettings.standard().lowerCased();
    var tokenizer = Tokenizer.learn(new Whitespace(), settings, train);
    var vocabulary = tokenizer.vocabulary();
    IO.println(vocabulary.size() + " ids, the frequent first: " + vocabulary.tokens());

    for (var sentence : train) {
      String back = tokenizer.decode(tokenizer.encode(sentence).ids());
      Claim.holds(back.equalsIgnoreCase(sentence), "there and back");
    }
    int unknown = 0;
    for (var sentence : split.test().toList()) {
      int[] ids = tokenizer.encode(sentence).ids();
      IO.println(sentence + " → " + Arrays.toString(ids) + " → " + tokenizer.decode(ids));
      unknown += (int) Arrays.stream(ids).filter(id -> id == vocabulary.unk()).count();
    }
    Claim.holds(unknown > 0, "a word that no training sentence has is unknown");

    // A language model reads <bos> a b c and says a b c <eos>.
    var marked = tokenizer.encode(train.getFirst()).marked(vocabulary.bos(), vocabulary.eos());
    int last = marked.length() - 1;
    IO.println("reads " + spelled(vocabulary, Arrays.copyOf(marked.ids(), last)));
    IO.println("says  " + spelled(vocabulary, Arrays.copyOfRange(marked.ids(), 1, last + 1)));

    batch(tokenizer, train);
    fixedWidth(tokenizer, train);
    labels();
    saveAndLoad(tokenizer);
  }

  private static void batch(Tokenizer tokenizer, List<String> sentences) {
    int pad = tokenizer.vocabulary().pad();
    var items =
        sentences.stream()
            .map(sentence -> new Item().ids("text", tokenizer.encode(sentence).ids(), pad))
            .toList();
    var batch = Batch.of(items, Padding.RIGHT);
    var ids = Columns.ids(batch, "text"); // (B,T), for an embedding
    var mask = Columns.spans(batch, "text").mask(); // (B,T), 1 where real
    for (int b = 0; b < batch.size(); b++) {
      IO.println("%s   mask %s".formatted(ids.select(0, b), mask.slice(0, b, b + 1)));
    }
    int tokens = Arrays.stream(batch.ids("text").lengths()).sum();
    Claim.holds(mask.sum().item() == tokens, "the mask counts the tokens");
    int pads = ids.shape().size() - tokens;
    Claim.holds(ids.count(pad) == pads, "all else is <pad>: %d", pads);
  }

  private static void fixedWidth(Tokenizer tokenizer, List<String> sentences) {
    var all = sentences.stream().map(sentence -> tokenizer.encode(sentence).ids()).toList();
    var ids = toWidth(all, WIDTH); // (B,WIDTH)
    for (int b = 0; b < sentences.size(); b++) {
      IO.println("%s   of width %d".formatted(ids.select(0, b), WIDTH));
    }
    Claim.holds(ids.count(tokenizer.vocabulary().pad()) > 0, "what is shorter is filled up");
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

  private static void saveAndLoad(Tokenizer tokenizer) throws IOException {
    Path file = Files.createTempDirectory("sequor").resolve("tokens.json");
    tokenizer.save(file);
    Claim.holds(Tokenizer.load(file).equals(tokenizer), "what was saved is what is loaded");
    IO.println("saved and loaded: " + file.getFileName());
    Files.delete(file);
    Files.delete(file.getParent());
  }

  private static String spelled(Vocabulary vocabulary, int[] ids) {
    return Arrays.stream(ids).mapToObj(vocabulary::token).collect(Collectors.joining(" "));
  }
}
