package sequor.tasks.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sequor.InOrder;
import sequor.data.Source;
import sequor.text.Item;
import sequor.text.Windows;

/// Texts one behind the other.
///
/// ```
/// <bos> first text <eos> second text
/// ```
///
/// Texts are cut into tokens line by line, so that none of them, however long, is in the hands of a
/// tokenizer at once.
///
/// @param steps T, how many tokens are read in one piece
/// @param texts as they were given
/// @param ids all of them, `<bos>` first
/// @param lengths how many tokens each text is, that between it and the next included
/// @param characters how many it has
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record LongText(int steps, List<String> texts, int[] ids, int[] lengths, long characters)
    implements Judged {
  private static final String LABEL = "";

  static LongText of(NextTokens tokens, int steps, Source<String> source) {
    var texts = source.toList();
    var vocabulary = tokens.tokenizer().vocabulary();
    var ids = IntStream.builder().add(vocabulary.bos());
    int[] lengths = new int[texts.size()];
    long[] characters = {0};
    for (int i = 0; i < lengths.length; i++) {
      int text = i;
      InOrder.forEach(
          () -> lines(texts.get(text)).iterator(),
          String::length,
          line -> line(tokens, line),
          line -> {
            Arrays.stream(line.ids).forEach(ids);
            lengths[text] += line.ids.length;
            characters[0] += line.characters;
          });
      if (i < lengths.length - 1) {
        ids.add(vocabulary.eos());
        lengths[i]++;
      }
    }
    return new LongText(steps, texts, ids.build().toArray(), lengths, characters[0]);
  }

  /// A line that is cut into tokens.
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Line(int[] ids, int characters) {}

  private static Line line(NextTokens tokens, String line) {
    var whole = tokens.tokenizer().encode(line);
    return new Line(whole.ids(), tokens.characters(line, whole));
  }

  /// The lines of a text, each with what ends it.
  static Stream<String> lines(String text) {
    var places = new ArrayList<Integer>(List.of(0));
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
      places.add(end + 1);
    }
    if (places.getLast() < text.length()) {
      places.add(text.length());
    }
    return IntStream.range(1, places.size())
        .mapToObj(i -> text.substring(places.get(i - 1), places.get(i)));
  }

  /// Pieces of T tokens to read and one more to say, which have no token in common; what is left at
  /// the end is left out.
  List<Item> chunks() {
    var chunks = new ArrayList<Item>();
    for (int from = 0; from + steps < ids.length; from += steps + 1) {
      chunks.add(
          new Item()
              .ids(NextTokens.TEXT, Arrays.copyOfRange(ids, from, from + steps), 0)
              .targets(NextTokens.NEXT, Arrays.copyOfRange(ids, from + 1, from + steps + 1))
              .id(NextTokens.LABEL, 0));
    }
    return chunks;
  }

  /// The text at B places side by side, in windows of T tokens.
  ///
  /// @throws sequor.text.TextException if it is shorter than that
  Windows windows(int streams) {
    return Windows.of(ids, streams, steps);
  }

  @Override
  public long size() {
    return Math.ceilDiv(ids.length - 1, steps);
  }

  @Override
  public List<String> labels() {
    return texts.stream().map(_ -> LABEL).toList();
  }

  @Override
  public long cut() {
    return 0;
  }

  @Override
  public long left() {
    return 0;
  }

  /// Scores all of it, from its beginning to its end, and gives each text its part.
  @Override
  public void score(Scoring scoring, Consumer<Scoring.Text> action) {
    var whole = scoring.stream(ids);
    int from = 0;
    for (int i = 0; i < lengths.length; i++) {
      int to = from + lengths[i];
      action.accept(
          new Scoring.Text(
              i,
              Arrays.copyOfRange(whole.nats(), from, to),
              Arrays.copyOfRange(whole.likeliest(), from, to),
              i < lengths.length - 1));
      from = to;
    }
  }

  @Override
  public List<int[]> said() {
    return List.of(Arrays.copyOfRange(ids, 1, ids.length));
  }
}
