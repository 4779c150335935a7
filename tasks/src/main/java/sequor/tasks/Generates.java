package sequor.tasks;

import java.util.List;
import java.util.stream.Stream;

/// A model that makes up texts.
public interface Generates {
  /// What to make up.
  ///
  /// @param prompt how every text begins; may be empty
  /// @param label what it is conditioned on; empty for an unconditioned model, or for a label drawn
  ///   at random
  /// @param temperature 0 or more; below 1 safer, above 1 wilder, 0 always the likeliest
  /// @param topK how many of the likeliest tokens to draw from; 0 for all
  /// @param topP the fewest likeliest tokens that have this probability together; 1 for all
  /// @param maxTokens where a text that finds no end is cut
  /// @param repetitionPenalty what the logits of tokens that were there already are divided by, or,
  ///   below 0, multiplied (Keskar et al. 2019, section 4.1); 1 for none. Where several networks or
  ///   n-grams speak together, the logarithms of their probabilities stand for logits
  /// @param stop texts of which the first to come ends the text, which is cut before it
  /// @param trace how many of the likeliest tokens to note at each step; 0 for no trace
  record Request(
      String prompt,
      String label,
      double temperature,
      int topK,
      double topP,
      int maxTokens,
      double repetitionPenalty,
      List<String> stop,
      int trace) {
    public Request {
      stop = List.copyOf(stop);
      if (!(repetitionPenalty > 0 && repetitionPenalty < Double.POSITIVE_INFINITY)) {
        throw new TaskException(
            "generate: expected a repetition penalty above 0 (1 for none), got %s; give another"
                .formatted(repetitionPenalty));
      }
      if (maxTokens < 0 || trace < 0) {
        throw new TaskException(
            "generate: expected 0 or more tokens, and 0 or more to trace, got %d and %d; give others"
                .formatted(maxTokens, trace));
      }
      if (stop.contains("")) {
        throw new TaskException(
            "generate: expected texts to stop at, got an empty one; leave it out");
      }
    }

    /// Without a penalty, stops or a trace.
    public Request(
        String prompt, String label, double temperature, int topK, double topP, int maxTokens) {
      this(prompt, label, temperature, topK, topP, maxTokens, 1, List.of(), 0);
    }

    /// Any text of any label, at most 200 tokens.
    public static Request of(double temperature) {
      return new Request("", "", temperature, 0, 1, 200);
    }

    public Request withPrompt(String text) {
      return new Request(
          text, label, temperature, topK, topP, maxTokens, repetitionPenalty, stop, trace);
    }

    public Request withRepetitionPenalty(double penalty) {
      return new Request(prompt, label, temperature, topK, topP, maxTokens, penalty, stop, trace);
    }

    public Request withStop(String... texts) {
      return new Request(
          prompt,
          label,
          temperature,
          topK,
          topP,
          maxTokens,
          repetitionPenalty,
          List.of(texts),
          trace);
    }

    public Request withTrace(int likeliest) {
      return new Request(
          prompt, label, temperature, topK, topP, maxTokens, repetitionPenalty, stop, likeliest);
    }
  }

  /// A text that was made up.
  ///
  /// @param label what it was conditioned on; empty for an unconditioned model
  /// @param steps how many tokens were read: those that it began with, and one for each further one
  /// @param trace what was drawn at each step, if that was wanted; the last may be the mark at the
  ///   end, or belong to a text that it stopped at
  record Generated(String text, String label, int steps, List<Draw> trace) {
    public Generated {
      trace = List.copyOf(trace);
    }
  }

  /// A token that was drawn.
  ///
  /// @param probability with which it was drawn, after temperature, penalty and choice
  /// @param likeliest the likeliest tokens of that step, the likeliest first
  record Draw(String token, double probability, List<Candidate> likeliest) {
    public Draw {
      likeliest = List.copyOf(likeliest);
    }
  }

  /// A token that could be drawn, and with which probability.
  record Candidate(String token, double probability) {}

  /// Makes up texts; the same seed gives the same texts, and more of them begin with the same.
  ///
  /// @throws TaskException if the request gives a label to a model that knows none
  Stream<Generated> generate(Request request, int count, long seed);

  /// The labels it can be conditioned on; none for an unconditioned model.
  List<String> labels();
}
