package sequor.kernels;

import sequor.kernels.Recurrences.Span;

/// Linear-chain conditional random fields over a padded batch: what a path through N tags costs,
/// and which path is the best.
///
/// A path `y_1 … y_L` through the real steps of a row has the score
///
/// ```
/// s(y) = start[y_1] + Σ_t x_t[y_t] + Σ_t transitions[y_t, y_{t+1}] + end[y_L]
/// ```
///
/// and the probability `eˢ⁽ʸ⁾ / Z`, where `Z = Σ eˢ` over all paths (Lafferty, McCallum and Pereira
/// 2001). A score of −∞ forbids. As in [Recurrences], row `b` is real at the steps `starts[b] ≤ t <
/// ends[b]`; nothing else of it is read or written, and an empty row has one path, of score 0.
public interface Chains {
  /// The losses `ln Z − s(tags)` of each row, which are never negative; without tags `ln Z`.
  ///
  /// It goes over the beginnings of paths in logarithms, `z_1 = start`, `a_t = z_t + x_t`, and
  ///
  /// ```
  /// z_{t+1}[j] = ln Σ_i exp(a_t[i] − max a_t + transitions[i,j])
  /// ```
  ///
  /// where what `max a_t` takes away is summed up in double precision, so a long row loses no
  /// digits. The loss of tags that are forbidden is +∞.
  ///
  /// @param sums (B,T,N) out: `z`
  /// @param losses (B) out
  void forward(Scores scores, Floats sums, Floats losses, Span span, Size size);

  /// Adds to the gradients of [#forward]. With the share `w_t[i,j] = exp(a_t[i] − max a_t +
  /// transitions[i,j] − z_{t+1}[j])` that each tag has in what leads to the next, the marginals are
  ///
  /// ```
  /// p_L = softmax(a_L + end),   p_t[i] = Σ_j q_t[i,j],   q_t[i,j] = w_t[i,j]·p_{t+1}[j]
  /// dx_t += dy·(p_t − [y_t]),   dtransitions += dy·Σ_t (q_t − [y_t,y_{t+1}])
  /// ```
  ///
  /// and those of `start` and `end` those of a row's first and last step; without tags nothing is
  /// taken away. A row without a possible path has no gradient.
  ///
  /// @param sums (B,T,N) what forward gave
  /// @param dLosses (B)
  void backward(
      Scores scores, Floats sums, Floats dLosses, Gradients gradients, Span span, Size size);

  /// The path of the highest score of each row (Viterbi 1967), of equal ones that with the lower
  /// tag at the last step where they differ.
  ///
  /// @param paths (B,T) out: the tags at real steps
  /// @param best (B) out: their scores; −∞ where all paths are forbidden
  void best(Scores scores, Ints paths, Floats best, Span span, Size size);

  /// What paths are scored by.
  ///
  /// @param emissions (B,T,N) `x`
  /// @param transitions (N,N) from the tag of a row to the tag of a column
  /// @param start (N)
  /// @param end (N)
  /// @param tags (B,T) a path of which the loss is asked for; of length 0 if there is none
  record Scores(Floats emissions, Floats transitions, Floats start, Floats end, Ints tags) {}

  /// The gradients of the scores; length 0 where not required.
  ///
  /// @param emissions (B,T,N)
  /// @param transitions (N,N)
  /// @param start (N)
  /// @param end (N)
  record Gradients(Floats emissions, Floats transitions, Floats start, Floats end) {}

  /// Sizes B, T and N.
  record Size(int batch, int steps, int tags) {}
}
