package sequor.kernels.vector.recurrences;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import sequor.kernels.vector.simd.Lanes;
import sequor.kernels.vector.simd.VectorMath;

/// ```
/// i, f, g, o = σ, σ, tanh, σ of x + u;   c = f·c₋ + i·g;   h = o·tanh c
/// dc += dh·o·(1 − tanh² c);   dc₋ = dc·f
/// da = du = (dc·g·i(1−i), dc·c₋·f(1−f), dc·i·(1−g²), dh·tanh c·o(1−o))
/// ```
record LstmStep() implements CellStep {
  @Override
  public List<Runnable> forward(Forward pass) {
    var active = pass.active();
    int n = pass.sequence().padded;
    float[] sums = pass.sums();
    return List.of(
        () -> GateLoops.sigmoid(sums, 0, 2 * n, active.count, 4 * n),
        () -> GateLoops.tanh(sums, 2 * n, n, active.count, 4 * n),
        () -> GateLoops.sigmoid(sums, 3 * n, n, active.count, 4 * n),
        () -> cells(pass),
        () -> remember(pass));
  }

  private static void cells(Forward pass) {
    var active = pass.active();
    int n = pass.sequence().padded;
    for (int i = 0; i < active.count; i++) {
      cell(pass.sums(), i * 4 * n, pass.c(), pass.h(), active.rows[i] * n, n);
    }
  }

  /// `c = f·c + i·g`, `h = o·tanh c`.
  private static void cell(float[] gates, int at, float[] cell, float[] hidden, int row, int n) {
    for (int j = 0; j < n; j += L) {
      var i = FloatVector.fromArray(S, gates, at + j);
      var f = FloatVector.fromArray(S, gates, at + n + j);
      var g = FloatVector.fromArray(S, gates, at + 2 * n + j);
      var o = FloatVector.fromArray(S, gates, at + 3 * n + j);
      var c = f.mul(FloatVector.fromArray(S, cell, row + j)).add(i.mul(g));
      c.intoArray(cell, row + j);
      o.mul(VectorMath.tanh(c)).intoArray(hidden, row + j);
    }
  }

  private static void remember(Forward pass) {
    var active = pass.active();
    var s = pass.sequence();
    int n = s.padded;
    for (int i = 0; i < active.count && s.remembers(); i++) {
      int place = active.places[i];
      s.copyParts(pass.sums(), i * 4 * n, 4, s.activations, place * 4 * s.h);
      System.arraycopy(pass.c(), active.rows[i] * n, s.cells, place * s.h, s.h);
    }
  }

  @Override
  public List<Runnable> backward(Backward pass) {
    return List.of(() -> tanhOfCells(pass), () -> outputs(pass), () -> cellsBackward(pass));
  }

  private static void tanhOfCells(Backward pass) {
    var active = pass.active();
    var s = pass.sequence();
    for (int i = 0; i < active.count; i++) {
      GateLoops.tanhOf(s.cells, active.places[i] * s.h, pass.work(), i * s.h, s.h);
    }
  }

  private static void outputs(Backward pass) {
    var active = pass.active();
    var s = pass.sequence();
    for (int i = 0; i < active.count; i++) {
      int gate = active.places[i] * 4 * s.h;
      output(s.activations, gate, pass, i * s.h, active.rows[i] * s.h, s.h);
    }
  }

  private static void cellsBackward(Backward pass) {
    var active = pass.active();
    var s = pass.sequence();
    for (int i = 0; i < active.count; i++) {
      int gate = active.places[i] * 4 * s.h;
      cellBackward(s.activations, gate, pass, i * s.h, active.rows[i] * s.h, s.h);
    }
  }

  /// From `h = o·tanh c`.
  private static void output(float[] gates, int gate, Backward pass, int worked, int row, int n) {
    int out = gate + 3 * n;
    float[] tanhCell = pass.work();
    float[] dGates = pass.dGates();
    float[] dHidden = pass.dh();
    float[] dCell = pass.dc();
    var zero = FloatVector.zero(S);
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      var o = FloatVector.fromArray(S, gates, out + j, rest);
      var tanhC = FloatVector.fromArray(S, tanhCell, worked + j, rest);
      var dh = FloatVector.fromArray(S, dHidden, row + j, rest);
      var dhO = dh.mul(o);
      dh.mul(tanhC).mul(o.sub(o.mul(o))).intoArray(dGates, out + j, rest);
      FloatVector.fromArray(S, dCell, row + j, rest)
          .add(dhO.sub(dhO.mul(tanhC).mul(tanhC)))
          .intoArray(dCell, row + j, rest);
      zero.intoArray(dHidden, row + j, rest);
    }
  }

  /// From `c = f·c₋ + i·g`.
  private static void cellBackward(
      float[] gates, int gate, Backward pass, int earlier, int row, int n) {
    float[] before = pass.before();
    float[] dGates = pass.dGates();
    float[] dCell = pass.dc();
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      int at = gate + j;
      var i = FloatVector.fromArray(S, gates, at, rest);
      var f = FloatVector.fromArray(S, gates, at + n, rest);
      var g = FloatVector.fromArray(S, gates, at + 2 * n, rest);
      var c = FloatVector.fromArray(S, before, earlier + j, rest);
      var dc = FloatVector.fromArray(S, dCell, row + j, rest);
      dc.mul(g).mul(i.sub(i.mul(i))).intoArray(dGates, at, rest);
      dc.mul(c).mul(f.sub(f.mul(f))).intoArray(dGates, at + n, rest);
      var dcI = dc.mul(i);
      dcI.sub(dcI.mul(g).mul(g)).intoArray(dGates, at + 2 * n, rest);
      dc.mul(f).intoArray(dCell, row + j, rest);
    }
  }
}
