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
record GruStep() implements CellStep {
  @Override
  public void forward(Forward pass, Active active) {
    var s = pass.sequence();
    int n = s.h;
    float[] sums = pass.sums();
    if (s.remembers()) {
      for (int i = 0; i < active.count; i++) {
        System.arraycopy(sums, i * 3 * n + 2 * n, s.cells, active.places[i] * n, n);
      }
    }
    GateLoops.sigmoid(sums, 0, 2 * n, active.count, 3 * n);
    for (int i = 0; i < active.count; i++) {
      reset(s.inputs, s.input(active.places[i]) + 2 * n, sums, i * 3 * n, n);
    }
    GateLoops.tanh(sums, 2 * n, n, active.count, 3 * n);
    for (int i = 0; i < active.count; i++) {
      mix(sums, i * 3 * n, pass.h(), active.rows[i] * n, n);
    }
    if (s.remembers()) {
      for (int i = 0; i < active.count; i++) {
        System.arraycopy(sums, i * 3 * n, s.activations, active.places[i] * 3 * n, 3 * n);
      }
    }
  }

  /// `n = x + r·u`.
  private static void reset(float[] inputs, int x, float[] gates, int at, int size) {
    for (int j = 0; j < size; j += L) {
      var rest = Lanes.first(size - j);
      var r = FloatVector.fromArray(S, gates, at + j, rest);
      var u = FloatVector.fromArray(S, gates, at + 2 * size + j, rest);
      FloatVector.fromArray(S, inputs, x + j, rest)
          .add(r.mul(u))
          .intoArray(gates, at + 2 * size + j, rest);
    }
  }

  /// `h = (1 − z)·n + z·h`.
  private static void mix(float[] gates, int at, float[] hidden, int row, int size) {
    for (int j = 0; j < size; j += L) {
      var rest = Lanes.first(size - j);
      var z = FloatVector.fromArray(S, gates, at + size + j, rest);
      var n = FloatVector.fromArray(S, gates, at + 2 * size + j, rest);
      var h = FloatVector.fromArray(S, hidden, row + j, rest);
      n.sub(z.mul(n)).add(z.mul(h)).intoArray(hidden, row + j, rest);
    }
  }

  @Override
  public void backward(Backward pass, Active active) {
    int n = pass.sequence().h;
    for (int i = 0; i < active.count; i++) {
      backward(pass, active.places[i] * n, i * n, active.rows[i] * n, n);
    }
  }

  private static void backward(Backward pass, int here, int earlier, int row, int size) {
    float[] gates = pass.sequence().activations;
    float[] cells = pass.sequence().cells;
    float[] dGates = pass.dGates();
    float[] dSums = pass.dSums();
    float[] dHidden = pass.dh();
    float[] before = pass.before();
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
