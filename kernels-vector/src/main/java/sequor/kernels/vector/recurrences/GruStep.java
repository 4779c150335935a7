package sequor.kernels.vector.recurrences;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import sequor.kernels.vector.simd.Lanes;

/// ```
/// r, z = σ, σ of x + u;   n = tanh(x + r·u);   h = (1 − z)·n + z·h₋
/// dn = dh·(1−z)·(1−n²);   dh₋ = dh·z + …
/// da = (dn·u·r(1−r), dh·(h₋−n)·z(1−z), dn);   du = (da_r, da_z, dn·r)
/// ```
///
/// `cells` keeps the candidate's `u`.
record GruStep() implements CellStep {
  @Override
  public List<Runnable> forward(Forward pass) {
    var active = pass.active();
    int n = pass.sequence().padded;
    float[] sums = pass.sums(); // x of n, r, z, u of n
    return List.of(
        () -> GateLoops.sigmoid(sums, n, 2 * n, active.count, 4 * n),
        () -> resets(pass),
        () -> GateLoops.tanh(sums, 0, n, active.count, 4 * n),
        () -> mixes(pass),
        () -> remember(pass));
  }

  private static void resets(Forward pass) {
    var active = pass.active();
    int n = pass.sequence().padded;
    for (int i = 0; i < active.count; i++) {
      reset(pass.sums(), i * 4 * n, n);
    }
  }

  /// `n = x + r·u`.
  private static void reset(float[] sums, int at, int size) {
    for (int j = at; j < at + size; j += L) {
      var r = FloatVector.fromArray(S, sums, j + size);
      var u = FloatVector.fromArray(S, sums, j + 3 * size);
      FloatVector.fromArray(S, sums, j).add(r.mul(u)).intoArray(sums, j);
    }
  }

  private static void mixes(Forward pass) {
    var active = pass.active();
    int n = pass.sequence().padded;
    for (int i = 0; i < active.count; i++) {
      mix(pass.sums(), i * 4 * n, pass.h(), active.rows[i] * n, n);
    }
  }

  /// `h = (1 − z)·n + z·h`.
  private static void mix(float[] gates, int at, float[] hidden, int row, int size) {
    for (int j = 0; j < size; j += L) {
      var z = FloatVector.fromArray(S, gates, at + 2 * size + j);
      var n = FloatVector.fromArray(S, gates, at + j);
      var h = FloatVector.fromArray(S, hidden, row + j);
      n.sub(z.mul(n)).add(z.mul(h)).intoArray(hidden, row + j);
    }
  }

  private static void remember(Forward pass) {
    var active = pass.active();
    var s = pass.sequence();
    int n = s.padded;
    for (int i = 0; i < active.count && s.remembers(); i++) {
      int place = active.places[i];
      int gates = place * 3 * s.h;
      s.copyParts(pass.sums(), i * 4 * n + n, 2, s.activations, gates);
      s.copyParts(pass.sums(), i * 4 * n, 1, s.activations, gates + 2 * s.h);
      s.copyParts(pass.sums(), i * 4 * n + 3 * n, 1, s.cells, place * s.h);
    }
  }

  @Override
  public List<Runnable> backward(Backward pass) {
    return List.of(() -> gates(pass));
  }

  private static void gates(Backward pass) {
    var active = pass.active();
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
