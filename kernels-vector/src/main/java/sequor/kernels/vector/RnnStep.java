package sequor.kernels.vector;

import static sequor.kernels.vector.Lanes.L;
import static sequor.kernels.vector.Lanes.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// ```
/// h = tanh(x + u)        da = du = dh·(1 − h²)
/// h = max(x + u, 0)      da = du = dh where h > 0
/// ```
record RnnStep(boolean tanh, Forward pass, Backward gradients) implements CellStep {
  @Override
  public void forward(int here, int row, float[] sums, int at) {
    int size = pass.size();
    if (tanh) {
      GateLoops.tanh(pass.gates(), here, sums, at, size);
    } else {
      GateLoops.relu(pass.gates(), here, sums, at, size);
    }
    System.arraycopy(pass.gates(), here, pass.hidden(), here, size);
    System.arraycopy(pass.gates(), here, pass.h(), row, size);
  }

  @Override
  public void backward(int here, int row, float[] before, float[] cellsBefore, int earlier) {
    if (tanh) {
      tanhBackward(pass.gates(), gradients.dGates(), here, gradients.dh(), row, pass.size());
    } else {
      reluBackward(pass.gates(), gradients.dGates(), here, gradients.dh(), row, pass.size());
    }
  }

  private static void tanhBackward(
      float[] gates, float[] dGates, int at, float[] dh, int row, int n) {
    var zero = FloatVector.zero(S);
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      var h = FloatVector.fromArray(S, gates, at + j, rest);
      var d = FloatVector.fromArray(S, dh, row + j, rest);
      d.sub(d.mul(h).mul(h)).intoArray(dGates, at + j, rest);
      zero.intoArray(dh, row + j, rest);
    }
  }

  private static void reluBackward(
      float[] gates, float[] dGates, int at, float[] dh, int row, int n) {
    var zero = FloatVector.zero(S);
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      var h = FloatVector.fromArray(S, gates, at + j, rest);
      var d = FloatVector.fromArray(S, dh, row + j, rest);
      zero.blend(d, h.compare(VectorOperators.GT, 0)).intoArray(dGates, at + j, rest);
      zero.intoArray(dh, row + j, rest);
    }
  }
}
