package sequor.recipes;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import sequor.nn.CrossEntropyLoss;
import sequor.nn.Module;
import sequor.nn.Reduction;
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
  private static final int BATCH = 256;

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
        new Generator(recipe, ModelConfig.of(Generator.TASK, recipe), codec, labels, seed);
    this.batchSize = training.wholeNumber("batch_size", 1, 1 << 20);
    this.order = recipe.section("floor").wholeNumber("order", 1, 12);
    this.train = sequences(generator, examples.train());
    this.trainLabels = labelIds(generator, examples.train());
    this.loss =
        new CrossEntropyLoss()
            .withIgnoreIndex(Batch.IGNORED)
            .withLabelSmoothing(training.number("label_smoothing", 0, 1));
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
    var scores = scores(generator, batch, trainLabels); // (B,T,V)
    return loss.of(scores, Batched.stepTargets(batch));
  }

  private static Tensor scores(Generator generator, Batch batch, int[] labels) {
    int[] ofRows = new int[batch.batch()];
    for (int row = 0; row < ofRows.length; row++) {
      ofRows[row] = labels[batch.rows()[row]];
    }
    return generator.model().scores(Batched.ids(batch), Ids.of(ofRows), Batched.spans(batch));
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
    var sum = new CrossEntropyLoss().withIgnoreIndex(Batch.IGNORED).withReduction(Reduction.SUM);
    for (var batch : Batches.of(sequences(generator, examples)).withSize(BATCH).byLength()) {
      var scores = scores(generator, batch, labels); // (B,T,V)
      var targets = Batched.stepTargets(batch); // (B,T)
      mean.add(sum.of(scores, targets).item() / batch.tokens(), batch.tokens());
      int[] best = scores.argmax().toArray();
      int[] wanted = batch.targets();
      for (int i = 0; i < best.length; i++) {
        right += best[i] == wanted[i] ? 1 : 0;
      }
    }
    var metrics = new LinkedHashMap<String, Double>();
    metrics.put("nats_per_char", mean.mean());
    metrics.put("perplexity", mean.perplexity());
    metrics.put("accuracy", right / (double) Math.max(mean.tokens(), 1));
    return new Score(metrics, Optional.empty());
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
              return java.util.Arrays.copyOfRange(marked, 1, marked.length); // … <eos>
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
