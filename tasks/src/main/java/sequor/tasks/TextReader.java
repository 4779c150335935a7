package sequor.tasks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import sequor.InOrder;
import sequor.models.Inputs;
import sequor.text.Encoding;
import sequor.text.Item;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;

/// What a model reads of a text, or of two that belong together: a question and its answer, two
/// sentences to compare.
///
/// ```
/// <bos> the tokens of a text <eos>
/// <bos> the tokens of the first <eos> the tokens of the second <eos>
/// ```
///
/// Two texts are written as one with a tab between them ([#joined]), so whatever handles texts
/// handles pairs: a line of a file, an argument, a table. The places of all tokens are those in it.
/// `<eos>` stands between them also where no marks stand around them, as `[SEP]`, which is the
/// `<eos>` of its tokenizers, does in Devlin et al., *BERT* (2019). Where both are too long
/// together, the longer one is cut until they are as long as each other, and then both.
///
/// @param marks whether `<bos>` and `<eos>` stand around, and whether all texts get one length
/// @param pairs whether each text is two
public record TextReader(
    Tokenizer tokenizer, TokenSettings settings, TextConfig.Marks marks, boolean pairs) {
  private static final char BETWEEN = '\t';

  /// What n-grams read between two texts; no n-gram runs over it unnoticed.
  private static final String BORDER = " ‖ ";

  /// What is read of a text.
  ///
  /// @param encoding with its marks
  /// @param cut whether there is more of it
  public record Read(Encoding encoding, boolean cut) {}

  /// Two texts as one; a tab of their own becomes a space.
  public static String joined(String first, String second) {
    return first.replace(BETWEEN, ' ') + BETWEEN + second.replace(BETWEEN, ' ');
  }

  /// Two texts as one, for a model that reads pairs.
  ///
  /// @param who refuses them, if it does not
  /// @throws TaskException if it reads one text
  public String pair(String who, String first, String second) {
    if (!pairs) {
      throw new TaskException(
          "%s: expected one text, got two; train it on pairs (Example.pair, data.pair)"
              .formatted(who));
    }
    return joined(first, second);
  }

  /// The texts that tokens are learned from, one by one.
  ///
  /// @param pairs whether each of them is two
  public static Iterable<String> learned(Iterable<String> texts, boolean pairs) {
    return !pairs
        ? texts
        : () ->
            StreamSupport.stream(texts.spliterator(), false)
                .flatMap(text -> parts(text).stream())
                .iterator();
  }

  /// The text itself, or the two that it is.
  ///
  /// @throws TaskException if it should be two and is not
  public List<String> texts(String text) {
    return pairs ? parts(text) : List.of(text);
  }

  private static List<String> parts(String text) {
    int tab = text.indexOf(BETWEEN);
    if (tab < 0) {
      throw new TaskException(
          ("pair of texts: expected two with a tab between, got \"%s\"; write both, or name both"
                  + " columns of a table")
              .formatted(text.length() > 60 ? text.substring(0, 60) + "…" : text));
    }
    return List.of(text.substring(0, tab), text.substring(tab + 1));
  }

  /// The ids of a text.
  public Read read(String text) {
    var vocabulary = tokenizer.vocabulary();
    var texts = texts(text);
    var first = tokenizer.encode(texts.getFirst());
    if (!pairs) {
      var read = settings.cut(first);
      return new Read(marked(read), read.length() < first.length());
    }
    var second = tokenizer.encode(texts.getLast());
    int[] kept = kept(first.length(), second.length());
    var both =
        settings
            .withMaxLength(kept[0])
            .cut(first)
            .joined(
                vocabulary.eos(),
                settings.withMaxLength(kept[1]).cut(second),
                texts.getFirst().length() + 1);
    return new Read(marked(both), kept[0] + kept[1] < first.length() + second.length());
  }

  /// Reads the texts of examples, on several cores, and hands each on in order.
  public <E> void forEach(
      Iterable<E> examples, Function<E, String> text, BiConsumer<E, Read> then) {
    record Both<E>(E example, Read read) {}
    InOrder.forEach(
        examples,
        example -> text.apply(example).length(),
        example -> new Both<>(example, read(text.apply(example))),
        both -> then.accept(both.example(), both.read()));
  }

  /// What examples became, in their order.
  ///
  /// @param cut how many have more than is read
  public record Items(List<Item> items, int cut) {}

  /// Reads the texts of examples as [#forEach] does, and keeps what they become.
  public <E> Items items(
      Iterable<E> examples, Function<E, String> text, BiFunction<E, Read, Item> item) {
    var items = new ArrayList<Item>();
    int[] cut = {0};
    forEach(
        examples,
        text,
        (example, read) -> {
          items.add(item.apply(example, read));
          cut[0] += read.cut() ? 1 : 0;
        });
    return new Items(items, cut[0]);
  }

  /// What texts became, in their order.
  public Items items(List<String> texts) {
    return items(texts, Function.identity(), (_, read) -> item(read));
  }

  private Encoding marked(Encoding read) {
    var vocabulary = tokenizer.vocabulary();
    return marks.marks() ? read.marked(vocabulary.bos(), vocabulary.eos()) : read;
  }

  /// How many tokens of each are read.
  private int[] kept(int first, int second) {
    int most = settings.maxLength();
    int half = (most + 1) / 2;
    int ofFirst = Math.min(first, Math.max(half, most - second));
    return new int[] {ofFirst, Math.min(second, most - ofFirst)};
  }

  /// What a network reads.
  public Item item(Read read) {
    int pad = tokenizer.vocabulary().pad();
    int[] ids = read.encoding.ids();
    if (marks.fixedLength()) {
      int length = ids.length;
      ids = Arrays.copyOf(ids, settings.maxLength() + (marks.marks() ? 2 : 0) + (pairs ? 1 : 0));
      Arrays.fill(ids, length, ids.length, pad);
    }
    return new Item().ids(Inputs.TEXT, ids, pad);
  }

  /// The part of a text that is read, as n-grams read it.
  public String part(String text) {
    var texts = texts(text);
    var first = tokenizer.tokens(texts.getFirst());
    if (!pairs) {
      return part(text, first, settings.maxLength());
    }
    var second = tokenizer.tokens(texts.getLast());
    int[] kept = kept(first.size(), second.size());
    return part(texts.getFirst(), first, kept[0]) + BORDER + part(texts.getLast(), second, kept[1]);
  }

  private String part(String text, List<String> tokens, int most) {
    return tokens.size() <= most
        ? text
        : tokenizer.segmenter().join(settings.withMaxLength(most).cut(tokens));
  }

  /// What is read of a text, step by step.
  public Reading reading(String text) {
    if (!pairs) {
      return Reading.of(tokenizer, settings, marks.marks(), text);
    }
    var texts = parts(text);
    int[] kept =
        kept(
            tokenizer.encode(texts.getFirst()).length(),
            tokenizer.encode(texts.getLast()).length());
    return Reading.ofPair(
        reading(texts.getFirst(), kept[0]),
        reading(texts.getLast(), kept[1]),
        tokenizer.vocabulary(),
        marks.marks());
  }

  private Reading reading(String text, int most) {
    return Reading.of(tokenizer, settings.withMaxLength(most), false, text);
  }
}
