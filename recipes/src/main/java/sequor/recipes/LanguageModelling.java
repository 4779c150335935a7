package sequor.recipes;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sequor.json.Json;
import sequor.nn.CrossEntropyLoss;
import sequor.nn.Module;
import sequor.store.ModelDirectory;
import sequor.tensor.Ids;
import sequor.tensor.Seed;
import sequor.tensor.Tensor;
import sequor.text.Batch;
import sequor.text.Batches;
import sequor.text.Example;
import sequor.text.Labels;
import sequor.text.Sequence;
import sequor.train.MeanLoss;

/// Learning what comes next in texts.
final class LanguageModelling implements Job {
  private static final int BATCH = 32;

  private final Data data;
  private final Generator generator;
  private final Optional<Labels> labels;
  private final int batchSize;
  private final int order;
  private final CrossEntropyLoss loss;
  private final List<Sequence> train;
  private final int[] trainLabels;

  LanguageModelling(Settings recipe, Data data) {
    var training = recipe.section("training");
    var examples = data.examples();
    boolean conditioned = !recipe.section("data").text("label").isEmpty();
    var codec =
        Tokens.learn(
            recipe.section("tokens"), examples.train().stream().map(Example::text).toList());
    var seed = new Seed(training.wholeNumber("seed", 0, Integer.MAX_VALUE));
    this.data = data;
    this.labels = conditioned ? Optional.of(data.labels(recipe.section("data"))) : Optional.empty();
    this.generator =
        new Generator(
            recipe,
            ModelConfig.of(Generator.TASK, recipe).with("prior", prior(labels, examples.train())),
            codec,
            labels,
            seed);
    this.batchSize = training.wholeNumber("batch_size", 1, 1 << 20);
    this.order = recipe.section("floor").wholeNumber("order", 1, 12);
    this.train = sequences(generator, examples.train());
    this.trainLabels = labelIds(generator, examples.train());
    this.loss =
        new CrossEntropyLoss()
            .withIgnoreIndex(Batch.IGNORED)
            .withLabelSmoothing(training.number("label_smoothing", 0, 1));
  }

  /// How often each label occurs, in the order of the labels.
  private static Json prior(Optional<Labels> labels, List<Example> examples) {
    double[] prior = new double[labels.map(Labels::size).orElse(1)];
    for (var example : examples) {
      prior[labels.map(known -> known.id(example.label())).orElse(0)] += 1.0 / examples.size();
    }
    return Json.ofList(Arrays.stream(prior).boxed().toList());
  }

  @Override
  public Module module() {
    return generator.network();
  }

  @Override
  public List<Batch> batches(int epoch, RandomGenerator random) {
    return Batches.of(train).withSize(batchSize).shuffled(random);
  }

  @Override
  public Tensor loss(Batch batch) {
    var targets = Batched.stepTargets(batch); // (B,T)
    var labels = Ids.of(rowLabels(batch, trainLabels)); // (B)
    return generator
        .model()
        .loss(Batched.ids(batch), labels, Batched.spans(batch), scores -> loss.of(scores, targets));
  }

  private static int[] rowLabels(Batch batch, int[] labels) {
    return IntStream.of(batch.rows()).map(row -> labels[row]).toArray();
  }

  @Override
  public Map<String, Double> evaluate() {
    return score(generator, data.examples().valid()).metrics();
  }

  @Override
  public List<String> metrics() {
    return List.of("nats_per_char", "perplexity", "accuracy");
  }

  @Override
  public Score test() {
    return score(generator, data.examples().test());
  }

  /// Nats per token (each text's end is one too), perplexity, and how often the likeliest next
  /// token is the right one; all teacher-forced.
  static Score score(Generator generator, List<Example> examples) {
    var mean = new MeanLoss();
    long right = 0;
    int[] labels = labelIds(generator, examples);
    for (var batch : Batches.of(sequences(generator, examples)).withSize(BATCH).byLength()) {
      float[][] byLabel = logProbabilities(generator, batch, rowLabels(batch, labels));
      right += judge(generator, batch, byLabel, mean);
    }
    var metrics = new LinkedHashMap<String, Double>();
    metrics.put("nats_per_char", mean.mean());
    metrics.put("perplexity", mean.perplexity());
    metrics.put("accuracy", right / (double) Math.max(mean.tokens(), 1));
    return new Score(metrics, Optional.empty());
  }

  /// Log-probabilities (B,T,V) given each row's own label, or, where labels are hidden, given each
  /// of the labels there are.
  private static float[][] logProbabilities(Generator generator, Batch batch, int[] own) {
    var ids = Batched.ids(batch);
    var spans = Batched.spans(batch);
    if (!generator.hidden()) {
      return new float[][] {generator.model().logProbabilities(ids, Ids.of(own), spans).toArray()};
    }
    float[][] byLabel = new float[generator.prior().length][];
    for (int y = 0; y < byLabel.length; y++) {
      int[] same = new int[batch.batch()];
      Arrays.fill(same, y);
      byLabel[y] = generator.model().logProbabilities(ids, Ids.of(same), spans).toArray();
    }
    return byLabel;
  }

  /// Adds up the nats of a batch; returns how many next tokens were right.
  private static long judge(Generator generator, Batch batch, float[][] byLabel, MeanLoss mean) {
    int vocabulary = generator.codec().vocabulary().size();
    double[] prior = generator.hidden() ? generator.prior() : new double[] {1};
    long right = 0;
    for (int row = 0; row < batch.batch(); row++) {
      var mixture = new LabelMixture(prior);
      for (int t = 0; t < batch.lengths()[row]; t++) {
        int place = row * batch.steps() + t;
        int target = batch.targets()[place];
        double[] next = mixture.next(byLabel, place * vocabulary, vocabulary);
        mean.add(-Math.log(Math.max(next[target], Double.MIN_NORMAL)), 1);
        right += Largest.of(next) == target ? 1 : 0;
        mixture.read(byLabel, place * vocabulary + target);
      }
    }
    return right;
  }

  private static List<Sequence> sequences(Generator generator, List<Example> examples) {
    return examples.stream()
        .map(example -> Sequence.nextToken(generator.encode(example.text())))
        .toList();
  }

  private static int[] labelIds(Generator generator, List<Example> examples) {
    return examples.stream().mapToInt(example -> generator.label(example.label())).toArray();
  }

  /// An n-gram model with Kneser-Ney smoothing; it knows no labels.
  @Override
  public Floor floor() {
    var model =
        KneserNey.train(
            order, generator.codec().vocabulary().size(), ended(data.examples().train()));
    double nats = model.nats(ended(data.examples().test()));
    var metrics = new LinkedHashMap<String, Double>();
    metrics.put("nats_per_char", nats);
    metrics.put("perplexity", Math.exp(nats));
    return new Floor(model.toString(), metrics);
  }

  private List<int[]> ended(List<Example> examples) {
    return examples.stream()
        .map(
            example -> {
              int[] marked = Tokens.marked(generator.encode(example.text()));
              return Arrays.copyOfRange(marked, 1, marked.length); // … <eos>
            })
        .toList();
  }

  @Override
  public void writeVocabulary(ModelDirectory directory) throws IOException {
    generator.codec().save(directory.tokenizer().path());
    if (labels.isPresent()) {
      labels.get().save(directory.labels().path());
    }
  }

  @Override
  public Trained trained() {
    return generator;
  }

  @Override
  public Data data() {
    return data;
  }
}
