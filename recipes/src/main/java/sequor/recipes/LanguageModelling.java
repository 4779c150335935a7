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
import sequor.nn.NnModule;
import sequor.store.ModelDirectory;
import sequor.tensor.Ids;
import sequor.tensor.Seed;
import sequor.tensor.Tensor;
import sequor.text.Batch;
import sequor.text.Batches;
import sequor.text.Codec;
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
  private final int maxLength;
  private final Optional<NGramShare> ngrams;
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
    this.maxLength = recipe.section("tokens").wholeNumber("max_length", 1, Integer.MAX_VALUE);
    double share = Generator.ngramShare(recipe);
    int ngramOrder = recipe.section("model").wholeNumber("ngram_order", 1, 12);
    var ended = ended(codec, examples.train());
    long tokens = ended.stream().mapToLong(text -> text.length).sum();
    if (share > 0 && tokens > NGramShare.MOST_TOKENS) {
      throw recipe
          .section("model")
          .wrong(
              "ngram_share",
              "expected at most %d tokens to count n-grams of, found %d; set it to 0",
              NGramShare.MOST_TOKENS,
              tokens);
    }
    this.ngrams =
        share == 0
            ? Optional.empty()
            : Optional.of(new NGramShare(ngramOrder, share, codec.vocabulary().size(), ended));
    this.generator =
        new Generator(
            recipe,
            ModelConfig.of(Generator.TASK, recipe).with("prior", prior(labels, examples.train())),
            codec,
            labels,
            ngrams,
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
  public NnModule module() {
    return generator.network();
  }

  @Override
  public List<Batch> batches(int epoch, RandomGenerator random) {
    return new Ahead<>(Batches.of(train).withSize(batchSize).shuffled(random));
  }

  @Override
  public Tensor loss(Batch batch) {
    var ids = Batched.ids(batch); // (B,T)
    var spans = Batched.spans(batch);
    var targets = Batched.stepTargets(batch); // (B,T)
    var labels = Ids.of(rowLabels(batch, trainLabels)); // (B)
    return generator.members().mean(member -> loss.of(member.scores(ids, labels, spans), targets));
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
      var own = Ids.of(rowLabels(batch, labels)); // (B)
      var read =
          generator.logProbabilities(Batched.ids(batch), own, Batched.spans(batch)); // (B,T,V)
      right += judge(generator, batch, read.toArray(), mean);
    }
    var metrics = new LinkedHashMap<String, Double>();
    metrics.put("nats_per_char", mean.mean());
    metrics.put("perplexity", mean.perplexity());
    metrics.put("accuracy", right / (double) Math.max(mean.tokens(), 1));
    return new Score(metrics, Optional.empty());
  }

  /// Adds up the nats of a batch; returns how many next tokens were right.
  private static long judge(Generator generator, Batch batch, float[] read, MeanLoss mean) {
    int vocabulary = generator.codec().vocabulary().size();
    long right = 0;
    for (int row = 0; row < batch.batch(); row++) {
      int start = row * batch.steps();
      for (int t = 0; t < batch.lengths()[row]; t++) {
        int[] history = Arrays.copyOfRange(batch.targets(), start, start + t);
        double[] next = generator.probabilities(read, (start + t) * vocabulary, history);
        int target = batch.targets()[start + t];
        mean.add(-Math.log(Math.max(next[target], Double.MIN_NORMAL)), 1);
        right += Largest.of(next) == target ? 1 : 0;
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
            order,
            generator.codec().vocabulary().size(),
            ended(generator.codec(), data.examples().train()));
    double nats = model.nats(ended(generator.codec(), data.examples().test()));
    var metrics = new LinkedHashMap<String, Double>();
    metrics.put("nats_per_char", nats);
    metrics.put("perplexity", Math.exp(nats));
    return new Floor(model.toString(), metrics);
  }

  /// Each text as ids and `<eos>`.
  private List<int[]> ended(Codec codec, List<Example> examples) {
    return examples.stream()
        .map(example -> Tokens.ended(Tokens.cut(codec.encode(example.text()), maxLength)))
        .toList();
  }

  @Override
  public void writeVocabulary(ModelDirectory directory) throws IOException {
    generator.codec().save(directory.tokenizer().path());
    if (labels.isPresent()) {
      labels.get().save(directory.labels().path());
    }
    ngrams.ifPresent(share -> share.write(Generator.ngrams(directory)));
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
