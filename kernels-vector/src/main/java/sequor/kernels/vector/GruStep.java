package sequor.kernels.vector;

import static sequor.kernels.vector.Lanes.L;
import static sequor.kernels.vector.Lanes.S;

import jdk.incubator.vector.FloatVector;

/// ```
/// r, z = σ, σ of x + u;   n = tanh(x + r·u);   h = (1 − z)·n + z·h₋
/// dn = dh·(1−z)·(1−n²);   dh₋ = dh·z + …
/// da = (dn·u·r(1−r), dh·(h₋−n)·z(1−z), dn);   du = (da_r, da_z, dn·r)
/// ```
///
/// `cells` keeps the candidate's `u`.
record GruStep(Forward pass, Backward gradients) implements CellStep {
  @Override
  public void forward(int here, int row, float[] sums, int at) {
    int size = pass.size();
    int gate = 3 * here;
    float[] gates = pass.gates();
    System.arraycopy(sums, at + 2 * size, pass.cells(), here, size);
    GateLoops.sigmoid(gates, gate, sums, at, 2 * size);
    multiply(gates, gate, sums, at + 2 * size, size);
    GateLoops.tanh(gates, gate + 2 * size, sums, at + 2 * size, size);
    mix(gates, gate, pass.h(), row, size);
    System.arraycopy(pass.h(), row, pass.hidden(), here, size);
  }

  /// `y = x·y`.
  private static void multiply(float[] x, int xi, float[] y, int yi, int n) {
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      FloatVector.fromArray(S, x, xi + j, rest)
          .mul(FloatVector.fromArray(S, y, yi + j, rest))
          .intoArray(y, yi + j, rest);
    }
  }

  /// `h = (1 − z)·n + z·h`.
  private static void mix(float[] gates, int gate, float[] hidden, int row, int size) {
    for (int j = 0; j < size; j += L) {
      var rest = Lanes.first(size - j);
      var z = FloatVector.fromArray(S, gates, gate + size + j, rest);
      var n = FloatVector.fromArray(S, gates, gate + 2 * size + j, rest);
      var h = FloatVector.fromArray(S, hidden, row + j, rest);
      n.sub(z.mul(n)).add(z.mul(h)).intoArray(hidden, row + j, rest);
    }
  }

  @Override
  public void backward(int here, int row, float[] before, float[] cellsBefore, int earlier) {
    int size = pass.size();
    float[] gates = pass.gates();
    float[] cells = pass.cells();
    float[] dGates = gradients.dGates();
    float[] dSums = gradients.dSums();
    float[] dHidden = gradients.dh();
    for (int j = 0; j < size; j += L) {
      var rest = Lanes.first(size - j);
      int at = 3 * here + j;
      var r = FloatVector.fromArray(S, gates, at, rest);
      var z = FloatVector.fromArray(S, gates, at + size, rest);
      var n = FloatVector.fromArray(S, gates, at + 2 * size, rest);
      var u = FloatVector.fromArray(S, cells, here + j, rest);
      var h = FloatVector.fromArray(S, before, earlier + j, rest);
      var dh = FloatVector.fromArray(S, dHidden, row + j, rest);
      var dhZ = dh.mul(z);
      var dn = dh.sub(dhZ);
      dn = dn.sub(dn.mul(n).mul(n));
      var dr = dn.mul(u).mul(r.sub(r.mul(r)));
      var dz = h.sub(n).mul(dhZ.sub(dhZ.mul(z)));
      dr.intoArray(dGates, at, rest);
      dz.intoArray(dGates, at + size, rest);
      dn.intoArray(dGates, at + 2 * size, rest);
      dr.intoArray(dSums, at, rest);
      dz.intoArray(dSums, at + size, rest);
      dn.mul(r).intoArray(dSums, at + 2 * size, rest);
      dhZ.intoArray(dHidden, row + j, rest);
    }
  }
}
