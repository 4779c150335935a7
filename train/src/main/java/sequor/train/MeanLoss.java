package sequor.train;

/// The mean loss over batches of different sizes: every token, or whatever is counted, weighs the
/// same.
///
/// ```java
/// loss.add(batchLoss.item(), batch.tokens());
/// loss.mean();          // loss, in nats
/// loss.perplexity();    // e^loss
/// loss.per(characters); // nats_per_char
/// ```
public final class MeanLoss {
  private double total;
  private long tokens;

  /// No loss yet.
  public MeanLoss() {}

  /// Adds the mean loss of `tokens` tokens.
  public void add(double mean, long tokens) {
    Check.notNegative("mean loss", "the number of tokens", tokens);
    if (tokens > 0) { // the mean over nothing is no number
      total += mean * tokens;
      this.tokens += tokens;
    }
  }

  /// How many tokens were counted.
  public long tokens() {
    return tokens;
  }

  /// The mean loss of a token; 0 before the first.
  public double mean() {
    return tokens == 0 ? 0 : total / tokens;
  }

  /// `e` to the mean loss, which must be in nats: among how many equally likely tokens the model
  /// hesitates.
  public double perplexity() {
    return Math.exp(mean());
  }

  /// The loss shared out over another count, such as the characters that the tokens stand for.
  public double per(long count) {
    Check.positive("mean loss", "the count", count);
    return total / count;
  }
}
