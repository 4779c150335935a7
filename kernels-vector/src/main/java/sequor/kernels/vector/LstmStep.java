package sequor.kernels.vector;

import static sequor.kernels.vector.Lanes.L;
import static sequor.kernels.vector.Lanes.S;

import jdk.incubator.vector.FloatVector;

/// ```
/// i, f, g, o = σ, σ, tanh, σ of x + u;   c = f·c₋ + i·g;   h = o·tanh c
/// dc += dh·o·(1 − tanh² c);   dc₋ = dc·f
/// da = du = (dc·g·i(1−i), dc·c₋·f(1−f), dc·i·(1−g²), dh·tanh c·o(1−o))
/// ```
record LstmStep() implements CellStep {
  @Override
  public void forward(Forward pass, Active active) {
    var s = pass.sequence();
    int n = s.h;
    float[] sums = pass.sums();
    GateLoops.sigmoid(sums, 0, 2 * n, active.count, 4 * n);
    GateLoops.tanh(sums, 2 * n, n, active.count, 4 * n);
    GateLoops.sigmoid(sums, 3 * n, n, active.count, 4 * n);
    for (int i = 0; i < active.count; i++) {
      cell(sums, i * 4 * n, pass.c(), pass.h(), active.rows[i] * n, n);
    }
    if (s.remembers()) {
      for (int i = 0; i < active.count; i++) {
        int place = active.places[i];
        System.arraycopy(sums, i * 4 * n, s.activations, place * 4 * n, 4 * n);
        System.arraycopy(pass.c(), active.rows[i] * n, s.cells, place * n, n);
      }
    }
  }

  /// `c = f·c + i·g`, `h = o·tanh c`.
  private static void cell(float[] gates, int at, float[] cell, float[] hidden, int row, int n) {
    int whole = Lanes.whole(n);
    for (int j = 0; j < whole; j += L) {
      var i = FloatVector.fromArray(S, gates, at + j);
      var f = FloatVector.fromArray(S, gates, at + n + j);
      var g = FloatVector.fromArray(S, gates, at + 2 * n + j);
      var o = FloatVector.fromArray(S, gates, at + 3 * n + j);
      var c = f.mul(FloatVector.fromArray(S, cell, row + j)).add(i.mul(g));
      c.intoArray(cell, row + j);
      o.mul(VectorMath.tanh(c)).intoArray(hidden, row + j);
    }
    if (whole < n) {
      var rest = Lanes.first(n - whole);
      var i = FloatVector.fromArray(S, gates, at + whole, rest);
      var f = FloatVector.fromArray(S, gates, at + n + whole, rest);
      var g = FloatVector.fromArray(S, gates, at + 2 * n + whole, rest);
      var o = FloatVector.fromArray(S, gates, at + 3 * n + whole, rest);
      var c = f.mul(FloatVector.fromArray(S, cell, row + whole, rest)).add(i.mul(g));
      c.intoArray(cell, row + whole, rest);
      o.mul(VectorMath.tanh(c)).intoArray(hidden, row + whole, rest);
    }
  }

  @Override
  public void backward(Backward pass, Active active) {
    var s = pass.sequence();
    int n = s.h;
    float[] tanhCell = Scratch.floats(Scratch.Use.ROW, n);
    for (int i = 0; i < active.count; i++) {
      int gate = active.places[i] * 4 * n;
      int row = active.rows[i] * n;
      GateLoops.tanhOf(s.cells, active.places[i] * n, tanhCell, n);
      output(s.activations, gate, tanhCell, pass, row, n);
      cellBackward(s.activations, gate, pass, i * n, row, n);
    }
  }

  /// From `h = o·tanh c`.
  private static void output(
      float[] gates, int gate, float[] tanhCell, Backward pass, int row, int n) {
    int out = gate + 3 * n;
    float[] dGates = pass.dGates();
    float[] dHidden = pass.dh();
    float[] dCell = pass.dc();
    var zero = FloatVector.zero(S);
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      var o = FloatVector.fromArray(S, gates, out + j, rest);
      var tanhC = FloatVector.fromArray(S, tanhCell, j, rest);
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
