package sequor.tasks.language;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import sequor.tasks.Generates.Candidate;
import sequor.text.Vocabulary;

/// How likely each token is to come next.
public final class NextToken {
  private final Vocabulary vocabulary;
  private final double[] probabilities; // (V)

  NextToken(Vocabulary vocabulary, double[] probabilities) {
    this.vocabulary = vocabulary;
    this.probabilities = probabilities;
  }

  /// The probability of a token, as the vocabulary writes it; of one that it does not know that of
  /// `<unk>`.
  public double probability(String token) {
    return probabilities[vocabulary.id(token)];
  }

  /// The probability that the text ends here.
  public double end() {
    return probabilities[vocabulary.eos()];
  }

  /// The probability of each id (V), together 1.
  public double[] probabilities() {
    return probabilities.clone();
  }

  /// −ln of the probability of a token: how surprising it would be.
  public double nats(String token) {
    return -Math.log(Math.max(probability(token), Double.MIN_NORMAL));
  }

  /// The likeliest tokens, the likeliest first.
  public List<Candidate> top(int count) {
    return IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(Comparator.<Integer>comparingDouble(id -> probabilities[id]).reversed())
        .limit(Math.max(0, count))
        .map(id -> new Candidate(vocabulary.token(id), probabilities[id]))
        .toList();
  }

  @Override
  public String toString() {
    return "NextToken " + top(5);
  }
}
