package sequor.nn;

import sequor.tensor.Op;
import sequor.tensor.Tensor;

/// Losses between two tensors of one shape; formulas and defaults are PyTorch's.
public final class Losses {
  private Losses() {}

  /// `(x − y)²`.
  public static Tensor mse(Tensor input, Tensor target, Reduction reduction) {
    return reduction.of(difference("mse", input, target).square());
  }

  /// `|x − y|`.
  public static Tensor l1(Tensor input, Tensor target, Reduction reduction) {
    return reduction.of(difference("l1", input, target).abs());
  }

  /// `½d²` where `d = |x − y| ≤ delta`, else `delta · (d − ½ delta)` (Huber 1964).
  public static Tensor huber(Tensor input, Tensor target, float delta, Reduction reduction) {
    if (!(delta > 0)) {
      throw new NnException("huber: delta must be above 0, got " + delta);
    }
    var d = difference("huber", input, target).abs();
    var near = d.minimum(delta);
    return reduction.of(near.times(d.minus(near.times(0.5f))));
  }

  /// Binary cross-entropy from raw scores, `ln(1 + eˣ) − x·y`, for targets from 0 to 1.
  public static Tensor bceWithLogits(Tensor input, Tensor target, Reduction reduction) {
    same("bceWithLogits", input, target);
    return reduction.of(input.softplus().minus(input.times(target)));
  }

  /// Binary cross-entropy of probabilities, `−(y·ln x + (1 − y)·ln(1 − x))`, for targets from 0 to
  /// 1; a logarithm counts as −100 at least, so that a probability of 0 or 1 costs no infinite
  /// loss. From scores, [#bceWithLogits] is more exact.
  public static Tensor bce(Tensor input, Tensor target, Reduction reduction) {
    same("bce", input, target);
    return reduction.of(Op.apply(new BinaryCrossEntropy(input, target)));
  }

  /// `½d²/beta` where `d = |x − y| < beta`, else `d − ½ beta` (Girshick 2015); at `beta` 0 it is
  /// [#l1]. It is [#huber] divided by its delta.
  public static Tensor smoothL1(Tensor input, Tensor target, float beta, Reduction reduction) {
    if (!(beta >= 0)) {
      throw new NnException("smoothL1: beta must be 0 or more, got " + beta);
    }
    return beta == 0
        ? l1(input, target, reduction)
        : huber(input, target, beta, reduction).dividedBy(beta);
  }

  /// Kullback–Leibler divergence of the distribution `y` from log-probabilities `x`, `y·(ln y −
  /// x)`, 0 where `y` is 0. [Reduction#MEAN] divides by the number of all numbers, as in PyTorch;
  /// the divergence of a batch is [#klDivBatchMean].
  ///
  /// @param input log-probabilities, (…,C)
  /// @param target probabilities, (…,C)
  public static Tensor klDiv(Tensor input, Tensor target, Reduction reduction) {
    same("klDiv", input, target);
    var logTarget = target.maximum(Float.MIN_NORMAL).log(); // 0 · ln 0 is to be 0
    return reduction.of(target.times(logTarget.minus(input)));
  }

  /// The sum of [#klDiv] divided by the size of the first axis: the mean over a batch of (B,C), as
  /// a student learns from a teacher (Hinton et al. 2015). // ()
  public static Tensor klDivBatchMean(Tensor input, Tensor target) {
    return klDiv(input, target, Reduction.SUM).dividedBy(input.dim(0));
  }

  /// The cosine of the angle between the rows of two tensors, `x·y / (|x|·|y|)`, where a length
  /// counts as 10⁻⁸ at least. // (…,D) and (…,D) → (…)
  public static Tensor cosineSimilarity(Tensor a, Tensor b) {
    return unit(a).times(unit(b)).sum(-1);
  }

  /// How far pairs of rows are from what is said of them: with the cosine `c` of a pair, `1 − c`
  /// where they should be alike (target 1), and `max(0, c − margin)` where not (target −1).
  ///
  /// @param target 1 or −1 a pair, (…)
  public static Tensor cosineEmbedding(
      Tensor a, Tensor b, Tensor target, float margin, Reduction reduction) {
    same("cosineEmbedding", a, b);
    var cosine = cosineSimilarity(a, b); // (…)
    same("cosineEmbedding", cosine, target);
    var alike = cosine.negate().plus(1);
    var apart = cosine.minus(margin).relu();
    return reduction.of(alike.where(target.greaterThan(0), apart));
  }

  private static Tensor unit(Tensor rows) {
    float least = 1e-16f; // the square of PyTorch's
    var length = rows.square().sum(-1, true).maximum(least).sqrt(); // (…,1)
    return rows.dividedBy(length); // (…,D)
  }

  private static Tensor difference(String loss, Tensor input, Tensor target) {
    same(loss, input, target);
    return input.minus(target);
  }

  /// Broadcasting a loss is nearly always a mistake, (N,1) against (N) above all.
  private static void same(String loss, Tensor input, Tensor target) {
    if (!input.shape().equals(target.shape())) {
      throw new NnException(
          "%s: input %s and target %s must have the same shape; reshape one of them"
              .formatted(loss, input.shape(), target.shape()));
    }
  }
}
