package sequor.tasks.embed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
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

  private final EmbedConfig config;
  private final Tokenizer tokenizer;
  private final Corpus corpus;
  private final Corpus valid;
  private final Corpus test;
  private final Learned learned;
  private final BiFunction<EmbedTraining, EpochLearner.Judging, Learner> learner;
  private final Seed seed;
  private final List<String> notices = new ArrayList<>();

  EmbedJob(EmbedConfig config, Tokenizer tokenizer, DataSet<String> texts, Seed seed) {
    var model = config.model();
    requireSense(model);
    this.config = config;
    this.tokenizer = tokenizer;
    this.seed = seed;
    this.corpus = Corpus.of(texts.train().iterable(), tokenizer);
    requireWords();
    this.valid = held(Corpus.of(texts.valid().iterable(), tokenizer), "validate");
    this.test = held(Corpus.of(texts.test().iterable(), tokenizer), "test");
    if (model.method() == EmbedModel.Method.GLOVE) {
      var tables = new GloveTables(corpus.lexicon(), model.dimension(), seed.child("parameters"));
      this.learned = tables;
      this.learner =
          (training, judging) ->
              new GloveLearner(corpus, model, tables, training.learningRate(), judging);
    } else {
      var rows = rows();
      var targets = targets();
      var tables = new Tables(corpus.lexicon(), model, rows, targets.rows());
      tables.draw(model.hasSubwords() ? 1 : 0.5, seed.child("parameters"));
      this.learned = tables;
      var parts = new WindowLearner.Parts(corpus, model, rows, targets, tables);
      this.learner =
          (training, judging) -> new WindowLearner(parts, training.learningRate(), judging);
    }
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
    boolean counts = model.method() == EmbedModel.Method.GLOVE;
    if (counts && (model.hasSubwords() || model.loss() != EmbedModel.Loss.NEGATIVE_SAMPLING)) {
      throw new TaskException(
          "embed: expected neither n-grams nor a tree of words with glove, which counts words, got one of"
              + " them; take skip_gram or cbow (model.method)");
    }
    if (model.shortest() > model.longest() && model.hasSubwords()) {
      throw new TaskException(
          "embed: expected n-grams from a shortest to a longest length, got %d to %d; set model.longest"
                  .formatted(model.shortest(), model.longest())
              + " to %d or more".formatted(model.shortest()));
    }
  }

  private void requireWords() {
    int least = config.tokens().wholeNumber("min_frequency", 1, Integer.MAX_VALUE);
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
    boolean counts = model.method() == EmbedModel.Method.GLOVE;
    String loss =
        counts ? "" : ", " + model.loss().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return "words  %,d that make up %.1f %% of %,d; %s%s, %d numbers each%s"
        .formatted(
            lexicon.size(),
            100.0 * lexicon.total() / corpus.words(),
            corpus.words(),
            how,
            loss,
            model.dimension(),
            model.hasSubwords()
                ? ", n-grams of %d to %d letters in %,d buckets"
                    .formatted(model.shortest(), model.longest(), model.buckets())
                : "");
  }

  @Override
  public long parameterCount() {
    return learned.parameterCount();
  }

  @Override
  public Embedder predictor() {
    return new Embedder(config, tokenizer, learned.vectors());
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
    var all = new ArrayList<>(tokenizer.notices());
    all.addAll(notices);
    return all;
  }
}
