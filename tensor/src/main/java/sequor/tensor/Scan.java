package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sequor.kernels.Copies.View;
import sequor.kernels.Floats;
import sequor.kernels.Scans;

/// Ops of recurrences that are linear in their state, fused over the whole sequence.
sealed interface Scan extends Op {
  /// `h_t = a_t·h_{t−1} + b_t`, number by number: two of (B,T,H) and (B,H) → (B,T,H).
  record Linear(Tensor a, Tensor b, Tensor initial, Spans spans, boolean reverse) implements Scan {
    public Linear {
      Check.sequence("linear recurrence: a", a.shape(), spans);
      Check.same("linear recurrence: a and b", a.shape(), b.shape());
      Check.shape("linear recurrence: h0", initial.shape(), a.dim(0), a.dim(2));
    }

    @Override
    public List<Tensor> inputs() {
      return List.of(a, b, initial);
    }

    @Override
    public Shape shape() {
      return a.shape();
    }

    @Override
    public List<Tensor> saved(Tensor y) {
      return List.of(a, initial, y);
    }

    @Override
    public void forward(Tensor y) {
      KERNELS
          .scans()
          .linear(a.data(), b.data(), initial.data(), y.data(), spans.kernelSpan(), size());
    }

    @Override
    public void backward(Tensor y) { // g_t = dy_t + a_{t+1}·g_{t+1}: db += g, da += g·h_{t−1}
      var gradients =
          new Scans.LinearGradients(Buffers.sink(a), Buffers.sink(b), Buffers.sink(initial));
      KERNELS
          .scans()
          .linearBackward(
              a.data(),
              initial.data(),
              y.data(),
              y.required(),
              gradients,
              spans.kernelSpan(),
              size());
    }

    private Scans.Size size() {
      return new Scans.Size(a.dim(0), a.dim(1), a.dim(2), reverse);
    }
  }

  /// Of each row the step that was read last, or its own row of `initial` where it is empty:
  /// (B,T,H) and (B,H) → (B,H).
  record Last(Tensor hidden, Tensor initial, Spans spans, boolean reverse) implements Scan {
    public Last {
      Check.sequence("last step", hidden.shape(), spans);
      Check.shape("last step: of empty rows", initial.shape(), hidden.dim(0), hidden.dim(2));
    }

    @Override
    public List<Tensor> inputs() {
      return List.of(hidden, initial);
    }

    @Override
    public Shape shape() {
      return initial.shape();
    }

    @Override
    public List<Tensor> saved(Tensor y) {
      return List.of();
    }

    @Override
    public void forward(Tensor y) {
      for (int row = 0; row < spans.batch(); row++) {
        var from = isEmpty(row) ? initial : hidden;
        KERNELS.copies().copy(from.data(), y.data(), view(place(row), row));
      }
    }

    @Override
    public void backward(Tensor y) { // dh_last += dy
      var intoHidden = Buffers.sink(hidden);
      var intoInitial = Buffers.sink(initial);
      for (int row = 0; row < spans.batch(); row++) {
        var sink = isEmpty(row) ? intoInitial : intoHidden;
        if (sink.length() > 0) {
          KERNELS.copies().add(y.required(), sink, view(row, place(row)));
        }
      }
    }

    private boolean isEmpty(int row) {
      return spans.length(row) == 0;
    }

    /// Which row of H numbers it is, of those of `hidden` or of `initial`.
    private int place(int row) {
      int t = reverse ? spans.start(row) : spans.end(row) - 1;
      return isEmpty(row) ? row : row * spans.steps() + t;
    }

    private View view(int from, int to) {
      int h = hidden.dim(2);
      return new View(new int[] {h}, from * h, new int[] {1}, to * h, new int[] {1});
    }
  }

  /// P complex states of each channel, read out as `y_t = Σ Re(w·s_t)`: (B,T,H) → (B,T,H).
  ///
  /// @param poles (2,P,H) `λ`, real parts before imaginary ones
  /// @param weights (2,P,H) `w`
  /// @param initial (B,2·P·H) the states before the first step
  record Diagonal(
      Tensor u,
      Tensor poles,
      Tensor weights,
      Tensor initial,
      Spans spans,
      boolean reverse,
      Kept kept)
      implements Scan {

    public Diagonal {
      Check.sequence("diagonal recurrence: u", u.shape(), spans);
      int count = poles.shape().rank() == 3 ? poles.dim(1) : 0;
      Check.shape("diagonal recurrence: the poles", poles.shape(), 2, count, u.dim(2));
      Check.same("diagonal recurrence: the weights and the poles", weights.shape(), poles.shape());
      Check.shape("diagonal recurrence: s0", initial.shape(), u.dim(0), 2 * count * u.dim(2));
    }

    @Override
    public List<Tensor> inputs() {
      return List.of(u, poles, weights, initial);
    }

    @Override
    public Shape shape() {
      return u.shape();
    }

    @Override
    public List<Tensor> saved(Tensor y) {
      return inputs();
    }

    @Override
    public void forward(Tensor y) {
      kept.last = Tape.memory().floats(initial.shape().size());
      KERNELS
          .scans()
          .diagonal(
              u.data(), modes(), initial.data(), y.data(), kept.last, spans.kernelSpan(), size());
    }

    /// The gradient of the last states alone is reason enough to run backward.
    @Override
    public boolean hasGradient(Tensor y) {
      return y.gradient().dense() != null || kept.gradient != null;
    }

    @Override
    public void backward(Tensor y) { // g_t = w̄·dy_t + λ̄·g_{t+1}: du += Σ Re(g), dλ += g·s̄_{t−1}
      var above =
          new Scans.FromAbove(
              y.gradient().dense() == null ? Floats.NONE : y.required(),
              kept.gradient == null ? Floats.NONE : kept.gradient);
      var gradients =
          new Scans.DiagonalGradients(
              Buffers.sink(u), Buffers.sink(poles), Buffers.sink(weights), Buffers.sink(initial));
      KERNELS
          .scans()
          .diagonalBackward(
              u.data(), modes(), initial.data(), above, gradients, spans.kernelSpan(), size());
    }

    private Scans.Modes modes() {
      return new Scans.Modes(poles.data(), weights.data(), poles.dim(1));
    }

    private Scans.Size size() {
      return new Scans.Size(u.dim(0), u.dim(1), u.dim(2), reverse);
    }
  }

  /// What a [Diagonal] gives beside its result.
  final class Kept {
    private Floats last = Floats.NONE; // (B,2,P,H)
    private @Nullable Floats gradient; // of the last states
  }

  /// The states after each row's last real step: (B,2·P·H).
  record LastStates(Diagonal diagonal, Tensor y) implements Scan {
    @Override
    public List<Tensor> inputs() {
      return List.of(y);
    }

    @Override
    public Shape shape() {
      return diagonal.initial.shape();
    }

    @Override
    public List<Tensor> saved(Tensor y) {
      return List.of();
    }

    @Override
    public void forward(Tensor y) {
      KERNELS.elementwise().affine(diagonal.kept.last, y.data(), 1, 0, shape().size());
    }

    @Override
    public void backward(Tensor y) { // handed to the recurrence, which runs back after this
      var kept = diagonal.kept;
      if (kept.gradient == null) {
        kept.gradient = Tape.memory().zeros(shape().size());
      }
      KERNELS.elementwise().addScaled(y.required(), kept.gradient, 1, shape().size());
    }
  }
}
