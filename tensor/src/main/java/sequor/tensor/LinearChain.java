package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.Arrays;
import sequor.kernels.Chains;
import sequor.kernels.Floats;

/// Linear-chain conditional random fields, each question one fused operation over a whole padded
/// batch. Formulas stand in [sequor.kernels.Chains].
///
/// A score of −∞ forbids. What is not real by the spans is neither read nor written, so a padded
/// row gets what it gets alone; an empty row has one path, of score 0.
public final class LinearChain {
  private static final Ids NO_TAGS = Ids.of(new int[0]);

  private LinearChain() {}

  /// What paths are scored by beside the emissions.
  ///
  /// @param transitions (N,N) from the tag of a row to the tag of a column
  /// @param start (N) of a path's first tag
  /// @param end (N) of its last tag
  public record Scores(Tensor transitions, Tensor start, Tensor end) {}

  /// What each row's tags cost, `−ln p(tags)` in nats: 0 or more, and +∞ where a score forbids
  /// them. // (B)
  ///
  /// @param emissions (B,T,N)
  /// @param tags (B,T); what stands at steps that are not real is not read
  public static Tensor negativeLogLikelihood(
      Tensor emissions, Ids tags, Scores scores, Spans spans) {
    Chain.checkPath(emissions.shape(), tags, spans);
    return Op.apply(loss(emissions, tags, scores, spans));
  }

  /// `ln Z`, the logarithm of the summed exponentials of the scores of all paths; −∞ where there is
  /// none. // (B)
  ///
  /// @param emissions (B,T,N)
  public static Tensor logPartition(Tensor emissions, Scores scores, Spans spans) {
    return Op.apply(loss(emissions, NO_TAGS, scores, spans));
  }

  private static Chain.Loss loss(Tensor emissions, Ids tags, Scores scores, Spans spans) {
    return new Chain.Loss(
        emissions,
        tags,
        scores.transitions(),
        scores.start(),
        scores.end(),
        spans,
        new Chain.Kept());
  }

  /// How probable each tag is at each step, whatever the others are; 0 where a step is not real. No
  /// gradient flows through it. // (B,T,N)
  ///
  /// @param emissions (B,T,N)
  public static Tensor marginals(Tensor emissions, Scores scores, Spans spans) {
    var chain = loss(emissions, NO_TAGS, scores, spans);
    var marginals = Tensor.zeros(emissions.shape().dims());
    int rows = emissions.dim(0);
    var memory = Tape.memory();
    var sums = memory.floats(emissions.shape().size());
    var losses = memory.floats(rows);
    var ones = Tensor.ones(rows);
    var into = new Chains.Gradients(marginals.data(), Floats.NONE, Floats.NONE, Floats.NONE);
    var span = spans.kernelSpan();
    KERNELS.chains().forward(chain.scores(), sums, losses, span, chain.size());
    KERNELS.chains().backward(chain.scores(), sums, ones.data(), into, span, chain.size());
    memory.release(sums);
    memory.release(losses);
    return marginals;
  }

  /// The best paths and their scores.
  ///
  /// @param tags (B,T), −1 where a step is not real
  /// @param scores (B), −∞ where all paths are forbidden
  public record Best(Ids tags, Tensor scores) {}

  /// The path of the highest score of each row (Viterbi 1967).
  ///
  /// @param emissions (B,T,N)
  public static Best best(Tensor emissions, Scores scores, Spans spans) {
    var chain = loss(emissions, NO_TAGS, scores, spans);
    var shape = emissions.shape().without(-1);
    int[] none = new int[shape.size()];
    Arrays.fill(none, -1);
    var paths = KERNELS.memory().ints(none);
    var best = Tensor.zeros(emissions.dim(0));
    KERNELS.chains().best(chain.scores(), paths, best.data(), spans.kernelSpan(), chain.size());
    return new Best(Ids.of(paths, shape), best);
  }
}
