package sequor.tasks.translate;

import java.util.List;

/// How much each token that was said looked at each token that was read.
///
/// @param source the tokens that were read, the mark at their end included, in the order of the
///   text
/// @param target the tokens that were said, the mark at their end included, if they came to one
/// @param weights a row for each token that was said, which is 1 together; none of a network
///   without attention
public record Alignment(List<String> source, List<String> target, List<List<Float>> weights) {
  public Alignment {
    source = List.copyOf(source);
    target = List.copyOf(target);
    weights = weights.stream().map(List::copyOf).toList();
  }

  /// Whether the network looked at anything.
  public boolean isEmpty() {
    return weights.isEmpty();
  }
}
