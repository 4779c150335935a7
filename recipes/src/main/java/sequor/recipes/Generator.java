package sequor.recipes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sequor.json.JsonObject;
import sequor.nn.Module;
import sequor.nn.RecurrentState;
import sequor.nn.Sampler;
import sequor.store.ModelDirectory;
import sequor.tensor.Ids;
import sequor.tensor.Seed;
import sequor.tensor.Spans;
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
  private final LanguageModel<?> network;

  /// A generator that has learned nothing yet.
  ///
  /// @param settings with the sections `tokens` and `model`
  Generator(Settings settings, JsonObject config, Codec codec, Optional<Labels> labels, Seed seed) {
    this.config = config;
    this.codec = codec;
    this.labels = labels;
    this.maxLength = settings.section("tokens").wholeNumber("max_length", 1, Integer.MAX_VALUE);
    var sizes =
        LanguageModel.Config.of(
            settings.section("model"),
            codec.vocabulary().size(),
            labels.map(Labels::size).orElse(0));
    this.network = LanguageModel.of(sizes, seed.child("parameters").generator());
  }

  static Generator load(ModelDirectory directory, JsonObject config) throws IOException {
    var codec = Codec.load(directory.tokenizer().path());
    var settings = ModelConfig.settings(directory, config);
    boolean conditioned = !settings.section("data").text("label").isEmpty();
    Optional<Labels> labels =
        conditioned ? Optional.of(Labels.load(directory.labels().path())) : Optional.empty();
    var generator = new Generator(settings, config, codec, labels, new Seed(0));
    directory.loadWeights(generator.network.parameters());
    return generator;
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
            ? labels.get().name(random.nextInt(labels.get().size()))
            : request.label();
    int id = labels.map(known -> known.id(label)).orElse(0);
    return new Generated(codec.decode(tokens(network, request, id, random)), label);
  }

  private <S extends RecurrentState<S>> int[] tokens(
      LanguageModel<S> model, Request request, int label, RandomGenerator random) {
    var tokens = new ArrayList<Integer>();
    for (int id : codec.encode(request.prompt())) {
      tokens.add(id);
    }
    var state = model.initialState(Ids.of(new int[] {label}));
    int[] unread = Tokens.marked(codec.encode(request.prompt())); // <bos> prompt <eos>
    unread = Tokens.cut(unread, unread.length - 1);
    while (tokens.size() < request.maxTokens()) {
      var read =
          model.forward(
              Ids.of(unread, 1, unread.length), state, Spans.full(1, unread.length)); // (1,T,V)
      float[] scores = read.hidden().select(1, unread.length - 1).toArray(); // (1,V)
      int next = request.sampler().sample(withoutSpecials(scores), random);
      if (next == Vocabulary.EOS) {
        break;
      }
      tokens.add(next);
      unread = new int[] {next};
      state = read.last();
    }
    return tokens.stream().mapToInt(Integer::intValue).toArray();
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

  LanguageModel<?> model() {
    return network;
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
  public Module network() {
    return network;
  }

  @Override
  public JsonObject config() {
    return config;
  }
}
