package sequor.recipes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sequor.json.JsonObject;
import sequor.nn.NnModule;
import sequor.nn.Sampler;
import sequor.store.JsonFile;
import sequor.store.ModelDirectory;
import sequor.tensor.Ids;
import sequor.tensor.Seed;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;
import sequor.text.Codec;
import sequor.text.Labels;
import sequor.text.Vocabulary;

/// Makes up texts, token by token, and says how likely a text is.
public final class Generator implements Trained {
  static final String TASK = "model-language";

  /// What to make up.
  ///
  /// @param prompt how every text begins; may be empty
  /// @param label what it is conditioned on; empty for an unconditioned model, or for a label drawn
  ///   at random
  /// @param temperature 0 or more; below 1 safer, above 1 wilder, 0 always the likeliest
  /// @param topK how many of the likeliest tokens to draw from; 0 for all
  /// @param topP the fewest likeliest tokens that have this probability together; 1 for all
  /// @param maxTokens where a text that finds no end is cut
  public record Request(
      String prompt, String label, double temperature, int topK, double topP, int maxTokens) {
    /// Any text of any label, at most 200 tokens.
    public static Request of(double temperature) {
      return new Request("", "", temperature, 0, 1, 200);
    }

    private Sampler sampler() {
      return new Sampler(temperature, topK, topP);
    }
  }

  /// A text that was made up.
  ///
  /// @param label what it was conditioned on; empty for an unconditioned model
  public record Generated(String text, String label) {}

  private final JsonObject config;
  private final int maxLength;
  private final Codec codec;
  private final Optional<Labels> labels;
  private final double[] prior; // p(y), in the order of the labels
  private final Optional<NGramShare> ngrams;
  private final Members<LanguageModel<?>> network;

  /// A generator that has learned nothing yet.
  ///
  /// @param settings with the sections `tokens` and `model`
  /// @param config what `config.json` will say, with the prior of the labels
  Generator(
      Settings settings,
      JsonObject config,
      Codec codec,
      Optional<Labels> labels,
      Optional<NGramShare> ngrams,
      Seed seed) {
    this.config = config;
    this.prior = config.array("prior").numbers();
    this.ngrams = ngrams;
    this.codec = codec;
    this.labels = labels;
    this.maxLength = settings.section("tokens").wholeNumber("max_length", 1, Integer.MAX_VALUE);
    var model = settings.section("model");
    var sizes =
        LanguageModel.Config.of(
            model, codec.vocabulary().size(), labels.map(Labels::size).orElse(0));
    int members = model.wholeNumber("members", 1, 100);
    this.network =
        Members.of(members, seed.child("parameters"), random -> LanguageModel.of(sizes, random));
  }

  static Generator load(ModelDirectory directory, JsonObject config) throws IOException {
    var codec = Codec.load(directory.tokenizer().path());
    var settings = ModelConfig.settings(directory, config);
    boolean conditioned = !settings.section("data").text("label").isEmpty();
    Optional<Labels> labels =
        conditioned ? Optional.of(Labels.load(directory.labels().path())) : Optional.empty();
    Optional<NGramShare> ngrams =
        ngramShare(settings) == 0
            ? Optional.empty()
            : Optional.of(NGramShare.read(ngrams(directory), codec.vocabulary().size()));
    var generator = new Generator(settings, config, codec, labels, ngrams, new Seed(0));
    directory.loadWeights(generator.network.parameters());
    return generator;
  }

  /// λ, how much of what comes next n-grams say.
  static double ngramShare(Settings settings) {
    return settings.section("model").number("ngram_share", 0, 0.99);
  }

  static JsonFile ngrams(ModelDirectory directory) {
    return new JsonFile(directory.path().resolve("ngrams.json"));
  }

  /// The labels it can be conditioned on; empty for an unconditioned model.
  public Optional<Labels> labels() {
    return labels;
  }

  /// Makes up texts; the same seed gives the same texts, and more of them begin with the same.
  ///
  /// @throws RecipeException if the request gives a label to a model that knows none
  public Stream<Generated> generate(Request request, int count, long seed) {
    var texts = new Seed(seed).child("generate");
    return IntStream.range(0, count).mapToObj(i -> generate(request, texts.child(i).generator()));
  }

  private Generated generate(Request request, RandomGenerator random) {
    if (labels.isEmpty() && !request.label().isEmpty()) {
      throw new RecipeException(
          "generate: this model was trained without labels, got '%s'; leave the label out"
              .formatted(request.label()));
    }
    String label =
        request.label().isEmpty() && labels.isPresent()
            ? labels.get().name(drawn(prior, random))
            : request.label();
    int id = labels.map(known -> known.id(label)).orElse(0);
    String text = codec.decode(tokens(request, reader(id), random));
    String begun = codec.decode(codec.encode(request.prompt()));
    return new Generated(request.prompt() + text.substring(begun.length()), label);
  }

  private static int drawn(double[] prior, RandomGenerator random) {
    double left = random.nextDouble();
    int label = 0;
    while (label < prior.length - 1 && left >= prior[label]) {
      left -= prior[label++];
    }
    return label;
  }

  private int[] tokens(Request request, Function<int[], float[]> reader, RandomGenerator random) {
    int[] prompt = codec.encode(request.prompt());
    var tokens = IntStream.of(prompt).boxed().collect(Collectors.toCollection(ArrayList::new));
    int[] unread = Tokens.begun(prompt); // <bos> prompt
    while (tokens.size() < request.maxTokens()) {
      float[] scores = reader.apply(unread); // (V)
      int[] history = tokens.stream().mapToInt(Integer::intValue).toArray();
      scores = logarithms(probabilities(scores, 0, history));
      int next = request.sampler().sample(withoutSpecials(scores), random);
      if (next == Vocabulary.EOS) {
        break;
      }
      tokens.add(next);
      unread = new int[] {next};
    }
    return tokens.stream().mapToInt(Integer::intValue).toArray();
  }

  /// How likely each next token is, n-grams included.
  ///
  /// @param logProbabilities what the network says, from `from` on
  /// @param history the tokens of the text so far
  double[] probabilities(float[] logProbabilities, int from, int[] history) {
    double[] probabilities = new double[codec.vocabulary().size()];
    for (int v = 0; v < probabilities.length; v++) {
      probabilities[v] = Math.exp(logProbabilities[from + v]);
    }
    ngrams.ifPresent(share -> share.mixInto(probabilities, history));
    return probabilities;
  }

  private static float[] logarithms(double[] probabilities) {
    float[] logarithms = new float[probabilities.length];
    for (int v = 0; v < logarithms.length; v++) {
      logarithms[v] = (float) Math.log(probabilities[v]);
    }
    return logarithms;
  }

  /// What is never said: pads, unknown tokens, a second beginning.
  private static float[] withoutSpecials(float[] scores) {
    scores[Vocabulary.PAD] = Float.NEGATIVE_INFINITY;
    scores[Vocabulary.UNK] = Float.NEGATIVE_INFINITY;
    scores[Vocabulary.BOS] = Float.NEGATIVE_INFINITY;
    return scores;
  }

  int[] encode(String text) {
    return Tokens.cut(codec.encode(text), maxLength);
  }

  int label(String name) {
    return labels.map(known -> known.id(name)).orElse(0);
  }

  Members<LanguageModel<?>> members() {
    return network;
  }

  /// The logarithm of the probability of each next token, by the networks alone. // (B,T,V)
  Tensor logProbabilities(Ids ids, Ids labels, Spans spans) {
    return network.count() == 1
        ? network.all().getFirst().scores(ids, labels, spans).logSoftmax()
        : network.mean(member -> member.scores(ids, labels, spans).softmax()).log();
  }

  /// Reads one text step by step; see [LanguageModel#reader].
  private Function<int[], float[]> reader(int label) {
    var readers = network.all().stream().map(member -> member.reader(label)).toList();
    return ids -> {
      var next = readers.stream().map(reader -> reader.apply(ids)).toList(); // (V) each
      return Members.mean(next).log().toArray(); // (V)
    };
  }

  @Override
  public String task() {
    return TASK;
  }

  @Override
  public Codec codec() {
    return codec;
  }

  @Override
  public NnModule network() {
    return network;
  }

  @Override
  public JsonObject config() {
    return config;
  }
}
