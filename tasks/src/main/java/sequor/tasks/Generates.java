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
  record Request(
      String prompt, String label, double temperature, int topK, double topP, int maxTokens) {
    /// Any text of any label, at most 200 tokens.
    public static Request of(double temperature) {
      return new Request("", "", temperature, 0, 1, 200);
    }
  }

  /// A text that was made up.
  ///
  /// @param label what it was conditioned on; empty for an unconditioned model
  record Generated(String text, String label) {}

  /// Makes up texts; the same seed gives the same texts, and more of them begin with the same.
  ///
  /// @throws TaskException if the request gives a label to a model that knows none
  Stream<Generated> generate(Request request, int count, long seed);

  /// The labels it can be conditioned on; none for an unconditioned model.
  List<String> labels();
}
