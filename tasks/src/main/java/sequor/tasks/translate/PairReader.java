package sequor.tasks.translate;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import sequor.data.Source;
import sequor.models.InputSize;
import sequor.text.Encoding;
import sequor.text.Item;
import sequor.text.Tokenizer;
import sequor.text.Vocabulary;

/// How pairs of texts become ids: the source with `<eos>` behind it, and the target with `<bos>`
/// before it as what is told, and with `<eos>` behind it as what is to be said.
///
/// @param source what cuts the texts that are read
/// @param target what cuts those that are said; the same of a joint vocabulary
record PairReader(TranslateConfig config, Tokenizer source, Tokenizer target) {
  /// Columns of an item.
  static final String SOURCE = "source";

  static final String TOLD = "told";
  static final String NEXT = "next";

  /// One that knows the tokens of the training pairs.
  ///
  /// @param learning makes a tokenizer of texts
  static PairReader learn(
      TranslateConfig config,
      Source<Example> train,
      Function<Iterable<String>, Tokenizer> learning) {
    Iterable<String> sources = train.map(Example::source).iterable();
    Iterable<String> targets = train.map(Example::target).iterable();
    if (config.vocabularies().joint()) {
      var both = learning.apply(one(sources, targets));
      return new PairReader(config, both, both);
    }
    return new PairReader(config, learning.apply(sources), learning.apply(targets));
  }

  /// These texts, and behind them those.
  private static Iterable<String> one(Iterable<String> first, Iterable<String> second) {
    return () ->
        Stream.of(first, second)
            .flatMap(texts -> StreamSupport.stream(texts.spliterator(), false))
            .iterator();
  }

  /// A source in tokens, marks not included, in the order of the text.
  ///
  /// @param encoding what is read of it
  /// @param cut whether it is longer
  record Read(Encoding encoding, boolean cut) {}

  Read read(String text) {
    var whole = source.encode(text);
    return new Read(config.tokens().cut(whole), whole.length() > config.tokens().maxLength());
  }

  /// Both sides of a pair in tokens, of any length.
  record Pair(Example example, Encoding source, Encoding target) {}

  Pair read(Example example) {
    return new Pair(example, source.encode(example.source()), target.encode(example.target()));
  }

  /// Whether both sides have something, and no more than is read.
  Fit fit(Pair pair) {
    int read = pair.source.length();
    int said = pair.target.length();
    int most = config.tokens().maxLength();
    return read == 0 || said == 0 ? Fit.EMPTY : Math.max(read, said) > most ? Fit.LONG : Fit.GOOD;
  }

  /// How a pair can be learned from.
  enum Fit {
    GOOD,
    EMPTY,
    LONG
  }

  /// A text to translate.
  Item item(Encoding read) {
    return new Item().ids(SOURCE, ids(read), source.vocabulary().pad());
  }

  /// A pair to learn from, or to be judged by.
  Item item(Pair pair) {
    return said(
        item(config.tokens().cut(pair.source)),
        config.tokens().cut(pair.target).ids(),
        target.vocabulary());
  }

  /// An item with what is to be said of it.
  static Item said(Item source, int[] said, Vocabulary vocabulary) {
    int[] told = IntStream.concat(IntStream.of(vocabulary.bos()), IntStream.of(said)).toArray();
    int[] next = IntStream.concat(IntStream.of(said), IntStream.of(vocabulary.eos())).toArray();
    return source.ids(TOLD, told, vocabulary.pad()).targets(NEXT, next);
  }

  /// What a network reads of a source: its tokens in the order that is read, and `<eos>`.
  int[] ids(Encoding read) {
    int[] ids = read.ids();
    int[] marked = new int[ids.length + 1];
    for (int s = 0; s < ids.length; s++) {
      marked[config.order().reverse() ? ids.length - 1 - s : s] = ids[s];
    }
    marked[ids.length] = source.vocabulary().eos();
    return marked;
  }

  InputSize sourceSize() {
    return InputSize.ofIds(source.vocabulary().size(), source.vocabulary().pad());
  }

  InputSize targetSize() {
    return InputSize.ofIds(target.vocabulary().size(), target.vocabulary().pad());
  }

  /// What a user should know of how the tokens were learned.
  List<String> notices() {
    return Stream.concat(source.notices().stream(), target.notices().stream()).distinct().toList();
  }
}
