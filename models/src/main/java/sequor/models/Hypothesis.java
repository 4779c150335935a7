package sequor.models;

import java.util.Arrays;

/// A sequence that a search found.
public final class Hypothesis {
  private final int[] tokens;
  private final double logProbability;
  private final double score;
  private final boolean ended;
  private final float[][] weights;

  Hypothesis(int[] tokens, double logProbability, double score, boolean ended, float[][] weights) {
    this.tokens = tokens;
    this.logProbability = logProbability;
    this.score = score;
    this.ended = ended;
    this.weights = weights;
  }

  /// The tokens, without the marks at their beginning and end.
  public int[] tokens() {
    return tokens.clone();
  }

  /// The logarithm of its probability, the mark at its end included.
  public double logProbability() {
    return logProbability;
  }

  /// What it was ranked by: the greater, the better.
  public double score() {
    return score;
  }

  /// Whether it came to an end, and was not cut.
  public boolean ended() {
    return ended;
  }

  /// How much each token, the mark at the end included, looked at each step of the source; no rows
  /// of a network without attention. // (T,S)
  public float[][] weights() {
    return Arrays.stream(weights).map(float[]::clone).toArray(float[][]::new);
  }

  @Override
  public String toString() {
    return "Hypothesis {tokens: %s, score: %s}".formatted(Arrays.toString(tokens), score);
  }
}
