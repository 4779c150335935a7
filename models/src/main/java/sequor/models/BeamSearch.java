package sequor.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tensor.Tensor;

/// Looks for the likeliest sequences that an [EncoderDecoder] can say, some at a time: the `beam`
/// best beginnings go on, each by every token, and the best of those go on again.
///
/// ```
/// score(Y) = ln P(Y) / ((5 + |Y|) / 6)^α + β·Σ_s ln min(Σ_t a_ts, 1)
/// ```
///
/// (Wu et al. 2016, equation 14.) A beginning that ends leaves the beam and is kept; a sentence is
/// done when as many have ended as the beam is wide, or none is left. With a beam of 1 that is
/// greedy search. Among equals the one with the smaller token wins, so a search always finds the
/// same. Sentences are searched side by side, and one that is done is no longer computed.
public final class BeamSearch {
  /// @param beam how many beginnings go on
  /// @param lengthPenalty α; 0 for none, which prefers short sequences
  /// @param coverage β, of networks that look at the source; 0 for none
  /// @param noRepeat no n-gram of that many tokens comes twice; 0 for any
  /// @param lengthFactor how many tokens a sequence has at most, for each of its source …
  /// @param lengthExtra … and so many more
  public record Config(
      @Setting(value = "5", min = 1, max = 1 << 16, about = "beginnings that go on; 1: greedy")
          int beam,
      @Setting(
              value = "1.0",
              min = 0,
              max = 10,
              about = "alpha: long ones are not at a disadvantage")
          double lengthPenalty,
      @Setting(value = "0.0", min = 0, max = 10, about = "beta: all of the source is looked at")
          double coverage,
      @Setting(value = "0", min = 0, max = 1 << 10, about = "no n-gram of so many tokens twice")
          int noRepeat,
      @Setting(value = "1.5", min = 0, max = 1000, about = "tokens at most, for each that is read")
          double lengthFactor,
      @Setting(value = "10", min = 1, max = 1 << 20, about = "and so many more") int lengthExtra) {
    /// What holds where nobody says otherwise.
    public static Config standard() {
      return Settings.defaults(Config.class);
    }

    /// The same with another beam.
    public Config withBeam(int width) {
      return new Config(width, lengthPenalty, coverage, noRepeat, lengthFactor, lengthExtra);
    }

    /// The same with other weights of length and coverage.
    public Config withPenalties(double alpha, double beta) {
      return new Config(beam, alpha, beta, noRepeat, lengthFactor, lengthExtra);
    }

    /// The same without n-grams of that many tokens that come twice.
    public Config withNoRepeat(int tokens) {
      return new Config(beam, lengthPenalty, coverage, tokens, lengthFactor, lengthExtra);
    }

    /// How many tokens a sequence has at most, of a source of so many.
    public int limit(int source) {
      return (int) Math.min(1 << 30, Math.ceil(lengthFactor * source) + lengthExtra);
    }

    /// How good a sequence is.
    ///
    /// @param length in tokens, the mark at the end included
    double score(double logProbability, int length, float[][] weights) {
      double penalty = Math.pow((5.0 + length) / 6, lengthPenalty);
      return logProbability / penalty + (coverage == 0 ? 0 : coverage * covered(weights));
    }

    private static double covered(float[][] weights) {
      double covered = 0;
      for (int s = 0; weights.length > 0 && s < weights[0].length; s++) {
        double sum = 0;
        for (float[] row : weights) {
          sum += row[s];
        }
        covered += sum > 0 ? Math.log(Math.min(sum, 1)) : 0; // padding is never looked at
      }
      return covered;
    }
  }

  /// What stands around a sequence.
  ///
  /// @param bos what it begins with
  /// @param eos what it ends with
  /// @param never tokens that it never holds
  public record Marks(int bos, int eos, List<Integer> never) {
    public Marks {
      never = List.copyOf(never);
    }
  }

  private final Config config;
  private final Marks marks;

  /// @throws sequor.settings.SettingsException if a number of it is out of its range
  public BeamSearch(Config config, Marks marks) {
    this.config = Settings.require(config);
    this.marks = marks;
  }

  /// The best sequences of each row, the best first; as many as have ended, at most as many as the
  /// beam is wide.
  ///
  /// @param start rows before their first token
  /// @param limits how many tokens a sequence has at most, the mark at its end included, row by row
  public List<List<Hypothesis>> search(Decoding start, int... limits) {
    var sentences =
        IntStream.range(0, start.rows()).mapToObj(row -> new Sentence(limits[row])).toList();
    var now = start;
    while (true) {
      var live = sentences.stream().flatMap(sentence -> sentence.live.stream()).toList();
      if (live.isEmpty()) {
        return sentences.stream().map(Sentence::best).toList();
      }
      int[] last = live.stream().mapToInt(Beginning::last).toArray();
      var step = now.step(last);
      var logs = step.logits().logSoftmax(); // (R,V)
      float[] all = logs.toArray();
      float[][] weights = step.weights().map(BeamSearch::rows).orElse(new float[0][]);
      int row = 0;
      for (var sentence : sentences) {
        int rows = sentence.live.size();
        if (rows > 0) {
          sentence.advance(new Scores(all, logs.dim(1), row, weights));
        }
        row += rows;
      }
      int[] from =
          sentences.stream()
              .flatMap(sentence -> sentence.live.stream())
              .mapToInt(Beginning::row)
              .toArray();
      now = isOrder(from, now.rows()) ? step.next() : step.next().select(from);
    }
  }

  private static float[][] rows(Tensor tensor) {
    float[] all = tensor.toArray();
    int width = tensor.dim(1);
    return IntStream.range(0, tensor.dim(0))
        .mapToObj(row -> Arrays.copyOfRange(all, row * width, (row + 1) * width))
        .toArray(float[][]::new);
  }

  private static boolean isOrder(int[] rows, int count) {
    return rows.length == count && IntStream.range(0, count).allMatch(i -> rows[i] == i);
  }

  /// Logarithms of probabilities of a step, from a row on.
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Scores(float[] all, int size, int first, float[][] weights) {
    float log(int row, int token) {
      return all[(first + row) * size + token];
    }

    float[] weights(int row) {
      return weights.length == 0 ? new float[0] : weights[first + row];
    }
  }

  /// What was said so far.
  ///
  /// @param row where it stood in the last step
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Beginning(int[] tokens, double log, float[][] weights, int row, int last) {
    Beginning after(Candidate next, double logNow, float[] looked, int rowNow) {
      int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
      longer[tokens.length] = next.token;
      return new Beginning(longer, logNow, and(looked), rowNow, next.token);
    }

    float[][] and(float[] looked) {
      if (looked.length == 0) {
        return weights;
      }
      float[][] more = Arrays.copyOf(weights, weights.length + 1);
      more[weights.length] = looked;
      return more;
    }

    /// Whether a token would make the last `n` tokens come a second time.
    boolean repeats(int token, int n) {
      int from = tokens.length - n + 1;
      for (int i = 0; i < from; i++) {
        boolean same = tokens[i + n - 1] == token;
        for (int k = 0; same && k < n - 1; k++) {
          same = tokens[i + k] == tokens[from + k];
        }
        if (same) {
          return true;
        }
      }
      return false;
    }
  }

  /// A beginning and the token after it.
  private record Candidate(int of, int token, double log) {}

  /// The better first; of equals the one of the better beginning, and then the smaller token.
  private static final Comparator<Candidate> BETTER =
      Comparator.comparingDouble(Candidate::log)
          .reversed()
          .thenComparingInt(Candidate::of)
          .thenComparingInt(Candidate::token);

  /// The search of one sentence.
  private final class Sentence {
    private final int limit;
    private List<Beginning> live =
        List.of(new Beginning(new int[0], 0, new float[0][], 0, marks.bos));
    private final List<Hypothesis> ended = new ArrayList<>();

    Sentence(int limit) {
      this.limit = limit;
    }

    /// Goes one token further, and keeps what has ended.
    void advance(Scores scores) {
      var next = new ArrayList<Beginning>();
      int rank = 0;
      for (var candidate : candidates(scores)) {
        var of = live.get(candidate.of);
        float[] looked = scores.weights(candidate.of);
        if (candidate.token == marks.eos) {
          if (rank < config.beam) {
            ended.add(hypothesis(of.tokens, candidate.log, true, of.and(looked)));
          }
        } else if (next.size() < config.beam) {
          int row = scores.first + candidate.of;
          next.add(of.after(candidate, candidate.log, looked, row));
        }
        rank++;
      }
      boolean done = ended.size() >= config.beam;
      boolean cut = !next.isEmpty() && next.getFirst().tokens.length >= limit;
      if (cut && !done) {
        next.forEach(each -> ended.add(hypothesis(each.tokens, each.log, false, each.weights)));
      }
      live = done || cut ? List.of() : List.copyOf(next);
    }

    private Hypothesis hypothesis(int[] tokens, double log, boolean whole, float[][] weights) {
      int length = tokens.length + (whole ? 1 : 0);
      return new Hypothesis(tokens, log, config.score(log, length, weights), whole, weights);
    }

    /// The best, so many that those that go on are among them however many end.
    private List<Candidate> candidates(Scores scores) {
      int most = (int) Math.min(2L * config.beam, (long) live.size() * scores.size);
      var best = new PriorityQueue<>(BETTER.reversed()); // the worst first
      for (int i = 0; i < live.size(); i++) {
        var of = live.get(i);
        for (int token = 0; token < scores.size; token++) {
          double log = of.log + scores.log(i, token);
          var worst = best.peek();
          if (worst != null && best.size() == most && log < worst.log) {
            continue;
          }
          if (isAllowed(of, token)) {
            best.add(new Candidate(i, token, log));
            if (best.size() > most) {
              best.remove();
            }
          }
        }
      }
      return best.stream().sorted(BETTER).toList();
    }

    private boolean isAllowed(Beginning of, int token) {
      return !marks.never.contains(token)
          && (config.noRepeat == 0 || token == marks.eos || !of.repeats(token, config.noRepeat));
    }

    List<Hypothesis> best() {
      return ended.stream()
          .sorted(Comparator.comparingDouble(Hypothesis::score).reversed())
          .limit(config.beam)
          .toList();
    }
  }
}
