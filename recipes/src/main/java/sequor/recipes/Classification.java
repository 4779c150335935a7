package sequor.recipes;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import sequor.nn.CrossEntropyLoss;
import sequor.nn.NnModule;
import sequor.store.ModelDirectory;
import sequor.tensor.Seed;
import sequor.tensor.Tensor;
import sequor.text.Batch;
import sequor.text.Batches;
import sequor.text.Example;
import sequor.text.Labels;
import sequor.text.Sequence;
import sequor.train.ConfusionMatrix;
import sequor.train.MeanLoss;

/// Learning to say which label a text has.
final class Classification implements Job {
  private final Data data;
  private final Classifier classifier;
  private final boolean words;
  private final int batchSize;
  private final CrossEntropyLoss loss;
  private final List<Sequence> train;

  Classification(Settings recipe, Data data) {
    var training = recipe.section("training");
    var tokens = recipe.section("tokens");
    var examples = data.examples();
    var labels = labels(recipe.section("data"), data);
    var codec = Tokens.learn(tokens, examples.train().stream().map(Example::text).toList());
    var seed = new Seed(training.wholeNumber("seed", 0, Integer.MAX_VALUE));
    this.data = data;
    this.words = tokens.text("tokenizer").equals("whitespace");
    this.classifier =
        new Classifier(recipe, ModelConfig.of(Classifier.TASK, recipe), codec, labels, seed);
    this.batchSize = training.wholeNumber("batch_size", 1, 1 << 20);
    this.train = sequences(classifier, examples.train());
    this.loss =
        new CrossEntropyLoss()
            .withWeights(ClassBalance.weights(counts(), training.number("class_balance", 0, 1)))
            .withLabelSmoothing(training.number("label_smoothing", 0, 1));
  }

  private static Labels labels(Settings section, Data data) {
    var labels = data.labels(section);
    if (labels.size() < 2) {
      throw section.wrong(
          "label",
          "expected two labels or more, found only '%s'; is it the column you mean?",
          labels.name(0));
    }
    return labels;
  }

  private int[] counts() {
    int[] counts = new int[classifier.labels().size()];
    train.forEach(sequence -> counts[sequence.targets()[0]]++);
    return counts;
  }

  @Override
  public NnModule module() {
    return classifier.network();
  }

  @Override
  public List<Batch> batches(int epoch, RandomGenerator random) {
    return new Ahead<>(Batches.of(train).withSize(batchSize).shuffled(random));
  }

  @Override
  public Tensor loss(Batch batch) {
    var targets = Batched.targets(batch); // (B)
    var ids = Batched.ids(batch); // (B,T)
    var spans = Batched.spans(batch);
    return classifier.members().mean(member -> loss.of(member.forward(ids, spans), targets));
  }

  @Override
  public Map<String, Double> evaluate() {
    return score(classifier, data.examples().valid()).metrics();
  }

  @Override
  public List<String> metrics() {
    return List.of("accuracy", "macro_recall", "macro_precision", "macro_f1", "loss");
  }

  @Override
  public Score test() {
    return score(classifier, data.examples().test());
  }

  /// Accuracy and the like, and the mean cross-entropy in nats.
  static Score score(Classifier classifier, List<Example> examples) {
    var labels = classifier.labels();
    var confusion = new ConfusionMatrix(labels.names());
    var loss = new MeanLoss();
    double[][] rows = classifier.probabilities(sequences(classifier, examples));
    for (int i = 0; i < rows.length; i++) {
      int target = labels.id(examples.get(i).label());
      confusion.add(target, Largest.of(rows[i]));
      loss.add(-Math.log(Math.max(rows[i][target], Double.MIN_NORMAL)), 1);
    }
    var metrics = new LinkedHashMap<>(confusion.metrics());
    metrics.put("loss", loss.mean());
    return new Score(metrics, Optional.of(confusion));
  }

  private static List<Sequence> sequences(Classifier classifier, List<Example> examples) {
    return examples.stream()
        .map(
            example ->
                Sequence.labelled(
                    classifier.encode(example.text()), classifier.labels().id(example.label())))
        .toList();
  }

  /// Naive Bayes over n-grams of what the model reads, its settings chosen on the validation split.
  @Override
  public Floor floor() {
    var candidates = words ? NaiveBayes.wordCandidates() : NaiveBayes.characterCandidates();
    var best =
        NaiveBayes.choose(
            candidates,
            labelled(data.examples().train()),
            labelled(data.examples().valid()),
            classifier.labels().size());
    var confusion = new ConfusionMatrix(classifier.labels().names());
    for (var example : data.examples().test()) {
      confusion.add(
          classifier.labels().id(example.label()), best.predict(classifier.read(example.text())));
    }
    return new Floor(best.config().toString(), confusion.metrics());
  }

  private NaiveBayes.Labelled labelled(List<Example> examples) {
    return new NaiveBayes.Labelled(
        examples.stream().map(example -> classifier.read(example.text())).toList(),
        examples.stream().map(example -> classifier.labels().id(example.label())).toList());
  }

  @Override
  public void writeVocabulary(ModelDirectory directory) throws IOException {
    classifier.codec().save(directory.tokenizer().path());
    classifier.labels().save(directory.labels().path());
  }

  @Override
  public Trained trained() {
    return classifier;
  }

  @Override
  public Data data() {
    return data;
  }
}
