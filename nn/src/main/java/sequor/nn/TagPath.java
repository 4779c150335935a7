package sequor.nn;

import java.util.List;

/// A sequence of tags and what a [Crf] thinks of it.
///
/// @param tags one a step
/// @param score what emissions and transitions add up to
/// @param logProbability the natural logarithm of its probability among all paths
public record TagPath(List<Integer> tags, double score, double logProbability) {
  public TagPath {
    tags = List.copyOf(tags);
  }

  /// Its share of all paths, from 0 to 1.
  public double probability() {
    return Math.exp(logProbability);
  }
}
