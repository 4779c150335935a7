package sequor.examples;

import sequor.Seed;
import sequor.tensor.Tensor;

/// Self-attention: every step of a sequence looks at every other and takes from each what it needs.
///
/// ```
/// plain      A = softmax(X·Xᵀ)              Y = A·X
/// scaled     A = softmax(Q·Kᵀ / √D)         Y = A·V       Q = X·W_q, K = X·W_k, V = X·W_v
/// ```
///
/// A row of A tells how much one step takes from each step; it adds up to 1. Queries, keys and
/// values let a step ask for something other than what it offers. Products of D numbers grow with
/// √D, and dividing by it keeps softmax where it has a slope (Vaswani et al. 2017, section 3.2.1).
/// Each is compared with the same sums as loops, in [ByHand]. [TransformerBlock] has several heads.
///
/// Letters: T steps, D size of a step.
final class SelfAttention {
  private static final int T = 4;
  private static final int D = 6;

  static void main() {
    var random = new Seed(1).generator();
    var x = Tensor.uniform(random, -1, 1, T, D);
    var wq = Tensor.randn(random, D, D);
    var wk = Tensor.randn(random, D, D);
    var wv = Tensor.randn(random, D, D);

    var weights = x.matmul(x.transpose()).softmax(); // (T,T)
    var plain = weights.matmul(x); // (T,D)
    double[][] rows = ByHand.rows(x);
    compare("plain", ByHand.attention(rows, rows, rows, 1), plain);

    var q = x.matmul(wq); // (T,D)
    var k = x.matmul(wk); // (T,D)
    var v = x.matmul(wv); // (T,D)
    var scaled = attend(q, k, v); // (T,D)
    double scale = 1 / Math.sqrt(D);
    compare(
        "scaled", ByHand.attention(ByHand.rows(q), ByHand.rows(k), ByHand.rows(v), scale), scaled);

    IO.println("how much each step takes from each, plain:");
    for (int t = 0; t < T; t++) {
      IO.println("  " + weights.select(0, t));
      float sum = weights.select(0, t).sum().item();
      Claim.holds(Math.abs(sum - 1) < 1e-6, "a step takes 1 in all: %f", sum);
    }
  }

  /// Scaled dot-product attention, the last two axes being steps and size: (…,T,D) → (…,T,D).
  static Tensor attend(Tensor q, Tensor k, Tensor v) {
    float scale = (float) (1 / Math.sqrt(q.dim(-1)));
    var weights = q.matmul(k.transpose()).times(scale).softmax(); // (…,T,T)
    return weights.matmul(v); // (…,T,D)
  }

  private static void compare(String name, double[][] byHand, Tensor byTensor) {
    double difference = ByHand.difference(byHand, byTensor);
    IO.println("%s: by hand and by tensor differ by %.1e at most".formatted(name, difference));
    Claim.holds(difference < 1e-5, "%s: both agree: %g", name, difference);
  }
}
