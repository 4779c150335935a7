package sequor.tensor;

import sequor.kernels.Elementwise.Dropout;

/// Attention of several heads over the real steps of a padded batch, in one fused operation whose
/// memory grows with the steps and not with their square.
///
/// ```
/// p[b,h,t,s] = softmax over s of q[b,t,h]·k[b,s,h] / √D          (Vaswani et al. 2017, section 3.2)
/// y[b,t,h] = Σ p[b,h,t,s] · v[b,s,h]
/// ```
///
/// It is PyTorch's `scaled_dot_product_attention`. Queries, keys and values may lie beside each
/// other in one tensor, as a single product gives them, and the heads of a step lie beside each
/// other in all of them and in the result. Queries that are not real, or see nothing, give 0.
///
/// Letters: B batch, T queries, S keys, N heads of D numbers each.
public final class DotProductAttention {
  private DotProductAttention() {}

  /// N·D numbers of each step of a tensor (B,T,·): those from `from` on.
  public record Part(Tensor x, int from) {}

  /// @param size N·D
  /// @param heads N, which divides it
  /// @param dropout of the p, while a tape that trains is open
  /// @param causal whether query t sees no key after t
  public record Settings(int size, int heads, float dropout, boolean causal) {}

  /// What each real query takes.
  ///
  /// @param asking which queries are real
  /// @param seen which keys are
  /// @return (B,T,N·D)
  /// @throws TensorException if the parts are not of that size, or the spans are not theirs
  public static Tensor attend(
      Part queries, Part keys, Part values, Spans asking, Spans seen, Settings settings) {
    Check.dropout(settings.dropout);
    var random = Tape.random();
    var dropout =
        random == null || settings.dropout == 0
            ? new Dropout(0, 0, 0)
            : new Dropout(0, settings.dropout, random.nextLong());
    return Op.apply(Attending.of(queries, keys, values, asking, seen, settings, dropout));
  }
}
