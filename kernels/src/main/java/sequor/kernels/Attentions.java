package sequor.kernels;

import sequor.kernels.Elementwise.Dropout;
import sequor.kernels.Recurrences.Span;

/// Attention of several heads over the real steps of a padded batch.
///
/// ```
/// p[b,h,t,s] = softmax over s of scale · q[b,t,h] · k[b,s,h]        (Vaswani et al. 2017)
/// y[b,t,h] = Σ p[b,h,t,s] · v[b,s,h]
/// ```
///
/// The p of all pairs of steps are never in memory at once: the backward pass computes them again
/// from the logarithm of each softmax's sum, a number a step (Dao et al. 2022). Memory grows with T
/// + S, not with T·S.
///
/// Steps that are not real are neither seen nor, as queries, computed: they give 0, and so do those
/// that see nothing. A row has the same bits alone and among others.
///
/// Letters: B batch, T queries, S keys, N heads of D numbers each.
public interface Attentions {
  /// @param y (B,T,N·D)
  /// @param logSums (B,N,T) out, for the backward pass; length 0 if there will be none
  void forward(Reading reading, Floats y, Floats logSums, Size size);

  /// Adds into the gradients, given what forward gave and `dy` (B,T,N·D).
  void backward(
      Reading reading, Floats y, Floats logSums, Floats dy, Gradients gradients, Size size);

  /// What attention reads.
  ///
  /// @param asking which queries are real
  /// @param seen which keys are
  /// @param dropout of the p, whose place is ((b·N + h)·T + t)·S + s
  record Reading(
      Steps queries, Steps keys, Steps values, Span asking, Span seen, Dropout dropout) {}

  /// The gradients, each as what it is of lies; of length 0 where not required.
  record Gradients(Floats queries, Floats keys, Floats values) {}

  /// Rows of N·D numbers, one a step, that lie in longer rows: queries, keys and values often come
  /// beside each other out of one product.
  ///
  /// @param start where the first is
  /// @param apart from one to the next
  record Steps(Floats data, int start, int apart) {
    /// Where head `h` of step `i` of the whole batch begins.
    public int at(int i, int h, Size size) {
      return start + i * apart + h * size.width();
    }
  }

  /// @param batch B
  /// @param heads N
  /// @param width D
  /// @param queries T
  /// @param keys S
  /// @param causal whether query t sees no key after t
  /// @param scale of the products, usually 1/√D
  record Size(int batch, int heads, int width, int queries, int keys, boolean causal, float scale) {
    /// The first key that query `t` does not see any more.
    public int end(int t, int end) {
      return causal ? Math.min(end, t + 1) : end;
    }
  }
}
