package sequor.tasks.embed;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import sequor.Seed;
import sequor.data.DataException;
import sequor.data.DataSet;
import sequor.settings.Settings;
import sequor.tasks.Evaluation;
import sequor.tasks.Floor;
import sequor.tasks.LearningKeys;
import sequor.tasks.Metric;
import sequor.tasks.TaskException;
import sequor.tasks.Training;
import sequor.text.Tokenizer;
import sequor.train.Learner;

/// Learning word vectors.
///
/// Where too little text is held back to judge them by, that is done with the text that they learn
/// from.
final class EmbedJob implements Training {
  private static final int GAPS = 50_000; // after an epoch
  private static final int FEW = 100; // words
  private static final int MOST_PAIRS = 1 << 23; // in memory

  private final EmbedConfig config;
  private final Cutting cutting;
  private final Corpus corpus;
  private final Corpus valid;
  private final Corpus test;
  private final Learned learned;
  private final Supplier<Optional<DocumentVectors>> documents;
  private final BiFunction<EmbedTraining, EpochLearner.Judging, Learner> learner;
  private final Seed seed;
  private final List<String> notices = new ArrayList<>();

  /// @param names of the texts to learn from, in their order
  EmbedJob(
      EmbedConfig config,
      Tokenizer tokenizer,
      DataSet<String> texts,
      Iterable<String> names,
      Seed seed) {
    var model = config.model();
    requireSense(model);
    this.config = config;
    this.seed = seed;
    var train = texts.train().iterable();
    this.cutting =
        new PhraseLearner(train, config.phrases(), MOST_PAIRS, config.leastCount())
            .learn(Cutting.of(tokenizer));
    this.corpus = Corpus.of(train, cutting);
    requireWords();
    this.valid = held(Corpus.of(texts.valid().iterable(), cutting), "validate");
    this.test = held(Corpus.of(texts.test().iterable(), cutting), "test");
    if (model.method() == EmbedModel.Method.GLOVE) {
      var tables = new GloveTables(corpus.lexicon(), model.dimension(), seed.child("parameters"));
      this.learned = tables;
      this.documents = Optional::empty;
      this.learner =
          (training, judging) ->
              new GloveLearner(corpus, model, tables, training.learningRate(), judging);
    } else if (!model.hasTables()) {
      var network = new WordNetwork(corpus.lexicon(), model, seed.child("parameters"));
      this.learned = network;
      this.documents = Optional::empty;
      this.learner =
          (training, judging) ->
              new NetworkLearner(corpus, model, network, training.learningRate(), judging);
    } else {
      var rows = rows();
      var targets = targets();
      var held = model.documents() ? corpus.texts() : new BitSet();
      var tables = new Tables(corpus.lexicon(), model, rows, targets.rows(), held.cardinality());
      tables.draw(model.hasSubwords() ? 1 : 0.5, seed.child("parameters"));
      this.learned = tables;
      this.documents =
          () ->
              Optional.of(held)
                  .filter(some -> !some.isEmpty())
                  .map(some -> tables.documents(named(names, some)));
      var parts = new WindowLearner.Parts(corpus, model, rows, targets, tables);
      this.learner =
          (training, judging) -> new WindowLearner(parts, training.learningRate(), judging);
    }
  }

  private static List<String> named(Iterable<String> names, BitSet texts) {
    var named = new ArrayList<String>();
    int number = 0;
    for (var name : names) {
      if (number == texts.length()) {
        break; // names may go on for ever
      }
      if (texts.get(number++)) {
        named.add(name);
      }
    }
    return DocumentVectors.apart(named);
  }

  private WordRows rows() {
    var model = config.model();
    return new WordRows(
        corpus.lexicon(), model.hasSubwords() ? Optional.of(model.subwords()) : Optional.empty());
  }

  private Targets targets() {
    var model = config.model();
    return model.loss() == EmbedModel.Loss.HIERARCHICAL_SOFTMAX
        ? new HuffmanTree(corpus.lexicon())
        : new NegativeSampling(corpus.lexicon(), model.negatives(), model.negativePower());
  }

  private static void requireSense(EmbedModel model) {
    if (!model.hasTables()
        && (model.hasSubwords() || model.loss() != EmbedModel.Loss.NEGATIVE_SAMPLING)) {
      throw new TaskException(
          "embed: expected neither n-grams nor a tree of words with %s, got one of them; take skip_gram or"
                  .formatted(model.method().name().toLowerCase(Locale.ROOT))
              + " cbow (model.method)");
    }
    boolean told =
        model.hasTables()
            && model.loss() == EmbedModel.Loss.NEGATIVE_SAMPLING
            && (model.method() == EmbedModel.Method.CBOW || !model.hasSubwords());
    if (model.documents() && !told) {
      throw new TaskException(
          "embed: expected model.documents with cbow, or with skip_gram without n-grams, and with"
              + " negative sampling, got another way; take one of these");
    }
    if (model.shortest() > model.longest() && model.hasSubwords()) {
      throw new TaskException(
          "embed: expected n-grams from a shortest to a longest length, got %d to %d; set model.longest"
                  .formatted(model.shortest(), model.longest())
              + " to %d or more".formatted(model.shortest()));
    }
  }

  private void requireWords() {
    int least = config.leastCount();
    if (corpus.words() == 0) {
      throw new DataException("embed: expected text to learn from, got no words; give some");
    }
    if (corpus.lexicon().size() < 2) {
      throw new DataException(
          ("embed: expected two words or more that occur %,d times or oftener, got %,d among %,d words;"
                  + " give more text, or set tokens.min_frequency lower")
              .formatted(least, corpus.lexicon().size(), corpus.words()));
    }
  }

  private Corpus held(Corpus text, String use) {
    if (text.lexicon().total() >= FEW) {
      return text;
    }
    notices.add(
        "there are only %,d words of text to %s with, so that is done with the text that is learned from"
            .formatted(text.lexicon().total(), use));
    return corpus;
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Metric.high(Embedder.CLOZE), Metric.high("word_coverage"));
  }

  @Override
  public Learner learner(Settings settings) {
    var training = settings.section("training").as(EmbedTraining.class);
    var watched = LearningKeys.watched(this, settings);
    return learner.apply(training, new EpochLearner.Judging(seed, watched, this::evaluate));
  }

  private Map<String, Double> evaluate() {
    var gaps = Cloze.of(valid, GAPS).fill(learned.current());
    double right = gaps.stream().filter(Cloze.Gap::right).count();
    return Map.of(Embedder.CLOZE, right / Math.max(1, gaps.size()));
  }

  @Override
  public Sizes sizes() {
    return new Sizes(corpus.words(), valid.words(), test.words());
  }

  @Override
  public String summary() {
    var model = config.model();
    var lexicon = corpus.lexicon();
    String how = model.method().name().toLowerCase(Locale.ROOT).replace('_', '-');
    String loss =
        !model.hasTables()
            ? ""
            : ", " + model.loss().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    int phrases = cutting.phrases().size();
    String texts =
        model.documents() ? ", %,d texts too".formatted(corpus.texts().cardinality()) : "";
    return "words  %,d%s that make up %.1f %% of %,d; %s%s, %d numbers each%s%s"
        .formatted(
            lexicon.size(),
            phrases == 0 ? "" : ", from %,d phrases too,".formatted(phrases),
            100.0 * lexicon.total() / corpus.words(),
            corpus.words(),
            how,
            loss,
            model.dimension(),
            model.hasSubwords()
                ? ", n-grams of %d to %d letters in %,d buckets"
                    .formatted(model.shortest(), model.longest(), model.buckets())
                : "",
            texts);
  }

  @Override
  public long parameterCount() {
    return learned.parameterCount();
  }

  @Override
  public Embedder predictor() {
    return new Embedder(config, cutting, learned.vectors(), documents.get());
  }

  /// The more frequent of the two words.
  @Override
  public Floor floor() {
    var lexicon = corpus.lexicon();
    IntFunction<float[]> nothing = word -> new float[1];
    double right = 0;
    var gaps = Cloze.of(test, GAPS).fill(nothing);
    for (var gap : gaps) {
      long own = lexicon.count(gap.word());
      long other = lexicon.count(gap.drawn());
      right += own > other ? 1 : own == other ? 0.5 : 0;
    }
    return new Floor(
        "the more frequent of the two words",
        Map.of(Embedder.CLOZE, right / Math.max(1, gaps.size())));
  }

  @Override
  public Evaluation test() {
    return predictor().evaluate(test, learned.current());
  }

  @Override
  public List<String> notices() {
    var all = new ArrayList<>(cutting.tokenizer().notices());
    all.addAll(notices);
    return all;
  }
}
