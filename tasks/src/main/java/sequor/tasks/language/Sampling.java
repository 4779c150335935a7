package sequor.tasks.language;

import java.util.Arrays;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sequor.Seed;
import sequor.models.Ensemble;
import sequor.models.LanguageModel;
import sequor.nn.Sampler;
import sequor.tasks.Generates.Generated;
import sequor.tasks.Generates.Request;
import sequor.tasks.TaskException;

/// Makes up texts, token by token: each is drawn from what the networks, and the n-grams if there
/// are any, say of what comes next.
final class Sampling {
  private final Generator.Parts parts;
  private final NextTokens texts;
  private final Ensemble<LanguageModel<?>> network;

  Sampling(Generator.Parts parts, NextTokens texts, Ensemble<LanguageModel<?>> network) {
    this.parts = parts;
    this.texts = texts;
    this.network = network;
  }

  Stream<Generated> generate(Request request, int count, long seed) {
    var generators = new Seed(seed).child("generate");
    return IntStream.range(0, count)
        .mapToObj(i -> generate(request, generators.child(i).generator()));
  }

  private Generated generate(Request request, RandomGenerator random) {
    String label = label(request.label(), random);
    int condition = parts.labels().map(known -> known.id(label)).orElse(0);
    var tokenizer = parts.tokenizer();
    String text = tokenizer.decode(tokens(request, reader(condition), random));
    String begun = tokenizer.decode(tokenizer.encode(request.prompt()).ids());
    return new Generated(request.prompt() + text.substring(begun.length()), label);
  }

  /// The label that is wanted, or one drawn as often as it occurs.
  private String label(String wanted, RandomGenerator random) {
    if (parts.labels().isEmpty() && !wanted.isEmpty()) {
      throw new TaskException(
          "generate: expected no label, for this model was trained without, got '%s'; leave it out"
              .formatted(wanted));
    }
    return wanted.isEmpty()
        ? parts.labels().map(known -> known.name(drawn(random))).orElse("")
        : wanted;
  }

  private int drawn(RandomGenerator random) {
    double left = random.nextDouble();
    int label = 0;
    while (label < parts.prior().size() - 1 && left >= parts.prior().get(label)) {
      left -= parts.prior().get(label++);
    }
    return label;
  }

  private int[] tokens(Request request, Function<int[], float[]> reader, RandomGenerator random) {
    var sampler = new Sampler(request.temperature(), request.topK(), request.topP());
    int[] prompt = parts.tokenizer().encode(request.prompt()).ids();
    int[] tokens = Arrays.copyOf(prompt, Math.max(prompt.length, request.maxTokens()));
    int count = prompt.length;
    int[] unread = texts.opened(prompt); // <bos> prompt
    while (count < request.maxTokens()) {
      float[] logs = reader.apply(unread); // (V)
      int next = sampler.sample(sayable(logs, tokens, count), random);
      if (next == parts.tokenizer().vocabulary().eos()) {
        break;
      }
      tokens[count++] = next;
      unread = new int[] {next};
    }
    return Arrays.copyOf(tokens, count);
  }

  /// The logarithms of what may come after the first `count` tokens, n-grams included; what is
  /// never said, pads, unknown tokens and a second beginning, is left out.
  private float[] sayable(float[] logs, int[] tokens, int count) {
    double[] next = new double[logs.length];
    Scoring.probabilities(logs, 0, next);
    parts
        .ngrams()
        .ifPresent(
            share -> share.mixInto(next, Arrays.copyOf(tokens, count), new double[next.length]));
    float[] mixed = new float[next.length];
    for (int v = 0; v < mixed.length; v++) {
      mixed[v] = (float) Math.log(next[v]);
    }
    var vocabulary = parts.tokenizer().vocabulary();
    for (int id : new int[] {vocabulary.pad(), vocabulary.unk(), vocabulary.bos()}) {
      mixed[id] = Float.NEGATIVE_INFINITY;
    }
    return mixed;
  }

  /// Reads one text step by step; see [LanguageModel#reader].
  private Function<int[], float[]> reader(int label) {
    var readers = network.all().stream().map(member -> member.reader(label)).toList();
    return ids -> {
      var next = readers.stream().map(reader -> reader.apply(ids)).toList(); // (V) each
      return Ensemble.mean(next).log().toArray(); // (V)
    };
  }
}
