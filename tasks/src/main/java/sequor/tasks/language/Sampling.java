package sequor.tasks.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sequor.Seed;
import sequor.models.Ensemble;
import sequor.models.LanguageModel;
import sequor.nn.Sampler;
import sequor.tasks.Generates.Candidate;
import sequor.tasks.Generates.Draw;
import sequor.tasks.Generates.Generated;
import sequor.tasks.Generates.Request;
import sequor.tasks.TaskException;

/// Makes up texts, token by token: each is drawn from what the networks, and the n-grams if there
/// are any, say of what comes next.
final class Sampling {
  private final Generator.Parts parts;
  private final NextTokens texts;
  private final Ensemble<LanguageModel<?>> network;
  private final Speaker speaker;

  Sampling(Generator.Parts parts, NextTokens texts, Ensemble<LanguageModel<?>> network) {
    this.parts = parts;
    this.texts = texts;
    this.network = network;
    this.speaker = new Speaker(parts.tokenizer().vocabulary(), parts.ngrams());
  }

  Stream<Generated> generate(Request request, int count, long seed) {
    var generators = new Seed(seed).child("generate");
    return IntStream.range(0, count)
        .mapToObj(i -> generate(request, generators.child(i).generator()));
  }

  private Generated generate(Request request, RandomGenerator random) {
    String label = label(request.label(), random);
    int condition = parts.labels().map(known -> known.id(label)).orElse(0);
    return new Text(request, Stepping.begin(network, condition), random).made(label);
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

  /// One text on its way.
  private final class Text {
    private final Request request;
    private final Stepping stepping;
    private final RandomGenerator random;
    private final Sampler sampler;
    private final List<Draw> trace = new ArrayList<>();
    private final int begun; // characters of the prompt
    private int[] tokens;
    private int count;

    Text(Request request, Stepping stepping, RandomGenerator random) {
      this.request = request;
      this.stepping = stepping;
      this.random = random;
      this.sampler = new Sampler(request.temperature(), request.topK(), request.topP());
      this.tokens = parts.tokenizer().encode(request.prompt()).ids();
      this.count = tokens.length;
      this.begun = parts.tokenizer().decode(tokens).length();
    }

    Generated made(String label) {
      int[] unread = texts.opened(tokens); // <bos> prompt
      tokens = Arrays.copyOf(tokens, Math.max(count, request.maxTokens()));
      String stopped = "";
      while (count < request.maxTokens() && stopped.isEmpty()) {
        int[] seen = Arrays.copyOf(tokens, count);
        var logits = stepping.read(unread); // (V) each
        float[] sayable = speaker.sayable(logits, seen, request.repetitionPenalty());
        int next = sampler.sample(sayable, random);
        note(sayable, next);
        if (next == parts.tokenizer().vocabulary().eos()) {
          break;
        }
        tokens[count++] = next;
        unread = new int[] {next};
        stopped = stopped();
      }
      String text = said();
      int end = stopped.isEmpty() ? text.length() : text.indexOf(stopped);
      return new Generated(
          request.prompt() + text.substring(0, end), label, (int) stepping.steps(), trace);
    }

    /// What was said after the prompt.
    private String said() {
      return parts.tokenizer().decode(Arrays.copyOf(tokens, count)).substring(begun);
    }

    /// Of the texts to stop at the one that came first, of two at one place the longer; empty if
    /// none came.
    private String stopped() {
      if (request.stop().isEmpty()) {
        return "";
      }
      String said = said();
      return request.stop().stream()
          .filter(said::contains)
          .min(
              Comparator.<String>comparingInt(said::indexOf)
                  .thenComparing(Comparator.comparingInt(String::length).reversed()))
          .orElse("");
    }

    private void note(float[] logits, int drawn) {
      if (request.trace() == 0) {
        return;
      }
      double[] p = sampler.probabilities(logits);
      var vocabulary = parts.tokenizer().vocabulary();
      var likeliest =
          IntStream.range(0, p.length)
              .filter(id -> p[id] > 0)
              .boxed()
              .sorted(Comparator.<Integer>comparingDouble(id -> p[id]).reversed())
              .limit(request.trace())
              .map(id -> new Candidate(vocabulary.token(id), p[id]))
              .toList();
      trace.add(new Draw(vocabulary.token(drawn), p[drawn], likeliest));
    }
  }
}
