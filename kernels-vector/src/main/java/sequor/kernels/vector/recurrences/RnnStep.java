package sequor.kernels.vector.recurrences;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import sequor.kernels.vector.simd.Lanes;

/// ```
/// h = tanh(x + u)        da = du = dh·(1 − h²)
/// h = max(x + u, 0)      da = du = dh where h > 0
/// ```
record RnnStep(boolean tanh) implements CellStep {
  @Override
  public List<Runnable> forward(Forward pass) {
    var active = pass.active();
    int n = pass.sequence().padded;
    Runnable activation =
        tanh
            ? () -> GateLoops.tanh(pass.sums(), 0, active.count * n, 1, 0)
            : () -> GateLoops.relu(pass.sums(), active.count * n);
    return List.of(activation, () -> move(pass));
  }

  private static void move(Forward pass) {
    var active = pass.active();
    int n = pass.sequence().padded;
    for (int i = 0; i < active.count; i++) {
      System.arraycopy(pass.sums(), i * n, pass.h(), active.rows[i] * n, n);
    }
  }

  @Override
  public List<Runnable> backward(Backward pass) {
    return List.of(tanh ? () -> tanhBackward(pass) : () -> reluBackward(pass));
  }

  private static void tanhBackward(Backward pass) {
    var active = pass.active();
    var s = pass.sequence();
    for (int i = 0; i < active.count; i++) {
      int output = s.output(active.places[i]);
      int at = active.places[i] * s.h;
      tanhBackward(s.hidden, output, pass.dh(), active.rows[i] * s.h, pass.dGates(), at, s.h);
    }
  }

  private static void reluBackward(Backward pass) {
    var active = pass.active();
    var s = pass.sequence();
    for (int i = 0; i < active.count; i++) {
      int output = s.output(active.places[i]);
      int at = active.places[i] * s.h;
      reluBackward(s.hidden, output, pass.dh(), active.rows[i] * s.h, pass.dGates(), at, s.h);
    }
  }

  private static void tanhBackward(
      float[] hidden, int output, float[] dh, int row, float[] dGates, int at, int n) {
    var zero = FloatVector.zero(S);
    int whole = Lanes.whole(n);
    for (int j = 0; j < whole; j += L) {
      var h = FloatVector.fromArray(S, hidden, output + j);
      var d = FloatVector.fromArray(S, dh, row + j);
      d.sub(d.mul(h).mul(h)).intoArray(dGates, at + j);
      zero.intoArray(dh, row + j);
    }
    if (whole < n) {
      var rest = Lanes.first(n - whole);
      var h = FloatVector.fromArray(S, hidden, output + whole, rest);
      var d = FloatVector.fromArray(S, dh, row + whole, rest);
      d.sub(d.mul(h).mul(h)).intoArray(dGates, at + whole, rest);
      zero.intoArray(dh, row + whole, rest);
    }
  }

  private static void reluBackward(
      float[] hidden, int output, float[] dh, int row, float[] dGates, int at, int n) {
    var zero = FloatVector.zero(S);
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      var h = FloatVector.fromArray(S, hidden, output + j, rest);
      var d = FloatVector.fromArray(S, dh, row + j, rest);
      zero.blend(d, h.compare(VectorOperators.GT, 0)).intoArray(dGates, at + j, rest);
      zero.intoArray(dh, row + j, rest);
    }
  }
}
