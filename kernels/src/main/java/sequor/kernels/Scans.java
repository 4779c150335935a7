package sequor.kernels;

import sequor.kernels.Recurrences.Span;

/// Recurrences that are linear in their state, over a whole padded sequence, forward and backward.
///
/// No step multiplies the state by a matrix, so a long row need not be walked through by one
/// thread: what a stretch of steps does to the state is again of the form `a·h + b`, and stretches
/// can be put together in any grouping (Blelloch 1990, "Prefix sums and their applications",
/// section 1.4).
///
/// As in [Recurrences], row `b` of a batch is real at the steps `starts[b] ≤ t < ends[b]`;
/// elsewhere results are 0, no gradient comes from there, and the state stays what it was. With
/// `reverse` each row is read from its last real step to its first.
public interface Scans {
  /// `h_t = a_t·h_{t−1} + b_t`, number by number.
  ///
  /// @param a (B,T,H)
  /// @param b (B,T,H)
  /// @param initial (B,H) the state before the first step
  /// @param hidden (B,T,H) out
  void linear(Floats a, Floats b, Floats initial, Floats hidden, Span span, Size size);

  /// Adds to the gradients of [#linear]. With `g_t = dh_t + a_{t+1}·g_{t+1}`, which is a recurrence
  /// of the same kind read the other way:
  ///
  /// ```
  /// db_t += g_t;  da_t += g_t·h_{t−1};  dh_0 += a_1·g_1
  /// ```
  ///
  /// @param hidden (B,T,H) what forward gave
  /// @param dHidden (B,T,H)
  void linearBackward(
      Floats a,
      Floats initial,
      Floats hidden,
      Floats dHidden,
      LinearGradients gradients,
      Span span,
      Size size);

  /// P complex states of each channel, which do not mix, read out as one real number:
  ///
  /// ```
  /// s_{p,t} = λ_p·s_{p,t−1} + u_t
  /// y_t     = Σ_p Re(w_p·s_{p,t})
  /// ```
  ///
  /// @param u (B,T,H)
  /// @param initial (B,2,P,H) the states before the first step
  /// @param y (B,T,H) out
  /// @param last (B,2,P,H) out: the states after each row's last real step
  void diagonal(Floats u, Modes modes, Floats initial, Floats y, Floats last, Span span, Size size);

  /// Adds to the gradients of [#diagonal]. The gradient of a complex number is that of its real
  /// part and, as imaginary part, that of its imaginary part; a bar is the conjugate:
  ///
  /// ```
  /// g_{p,t} = w̄_p·dy_t + λ̄_p·g_{p,t+1}
  /// du_t += Σ_p Re(g_{p,t});  dλ_p += Σ_t g_{p,t}·s̄_{p,t−1};  dw_p += Σ_t dy_t·s̄_{p,t}
  /// ds_{p,0} += λ̄_p·g_{p,1}
  /// ```
  ///
  /// The states are computed again instead of being kept: they are 2P times as large as `u`.
  void diagonalBackward(
      Floats u,
      Modes modes,
      Floats initial,
      FromAbove above,
      DiagonalGradients gradients,
      Span span,
      Size size);

  /// The gradients of [#linear]; length 0 where not required.
  ///
  /// @param a (B,T,H)
  /// @param b (B,T,H)
  /// @param initial (B,H)
  record LinearGradients(Floats a, Floats b, Floats initial) {}

  /// What each channel does with its states; the real parts stand before the imaginary ones.
  ///
  /// @param poles (2,P,H) `λ`, by which a state is multiplied at each step
  /// @param weights (2,P,H) `w`, by which it is read out
  /// @param count P
  record Modes(Floats poles, Floats weights, int count) {}

  /// The gradients of what [#diagonal] gave; length 0 where there is none.
  ///
  /// @param y (B,T,H)
  /// @param last (B,2,P,H)
  record FromAbove(Floats y, Floats last) {}

  /// The gradients of [#diagonal]; length 0 where not required.
  ///
  /// @param u (B,T,H)
  /// @param poles (2,P,H)
  /// @param weights (2,P,H)
  /// @param initial (B,2,P,H)
  record DiagonalGradients(Floats u, Floats poles, Floats weights, Floats initial) {}

  /// Sizes B, T and H, and whether rows are read from the end.
  record Size(int batch, int steps, int hidden, boolean reverse) {}
}
