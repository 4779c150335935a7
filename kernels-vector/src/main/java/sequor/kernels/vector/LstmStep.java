package sequor.kernels.vector;

import static sequor.kernels.vector.Lanes.L;
import static sequor.kernels.vector.Lanes.S;

import jdk.incubator.vector.FloatVector;

/// ```
/// i, f, g, o = σ, σ, tanh, σ of x + u;   c = f·c₋ + i·g;   h = o·tanh c
/// dc += dh·o·(1 − tanh² c);   dc₋ = dc·f
/// da = du = (dc·g·i(1−i), dc·c₋·f(1−f), dc·i·(1−g²), dh·tanh c·o(1−o))
/// ```
record LstmStep(Forward pass, Backward gradients) implements CellStep {
  @Override
  public void forward(int here, int row, float[] sums, int at) {
    int size = pass.size();
    int gate = 4 * here;
    float[] gates = pass.gates();
    GateLoops.sigmoid(gates, gate, sums, at, 2 * size);
    GateLoops.tanh(gates, gate + 2 * size, sums, at + 2 * size, size);
    GateLoops.sigmoid(gates, gate + 3 * size, sums, at + 3 * size, size);
    cell(gates, gate, pass.c(), row, size);
    System.arraycopy(pass.c(), row, pass.cells(), here, size);
    GateLoops.tanhOf(pass.c(), row, pass.h(), row, size);
    output(gates, gate + 3 * size, pass.h(), row, size);
    System.arraycopy(pass.h(), row, pass.hidden(), here, size);
  }

  /// `c = f·c + i·g`.
  private static void cell(float[] gates, int gate, float[] cell, int row, int n) {
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      var i = FloatVector.fromArray(S, gates, gate + j, rest);
      var f = FloatVector.fromArray(S, gates, gate + n + j, rest);
      var g = FloatVector.fromArray(S, gates, gate + 2 * n + j, rest);
      var c = FloatVector.fromArray(S, cell, row + j, rest);
      f.mul(c).add(i.mul(g)).intoArray(cell, row + j, rest);
    }
  }

  /// `h = o·h`, where `h` holds `tanh c`.
  private static void output(float[] gates, int gate, float[] hidden, int row, int n) {
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      var o = FloatVector.fromArray(S, gates, gate + j, rest);
      o.mul(FloatVector.fromArray(S, hidden, row + j, rest)).intoArray(hidden, row + j, rest);
    }
  }

  @Override
  public void backward(int here, int row, float[] before, float[] cellsBefore, int earlier) {
    int size = pass.size();
    int gate = 4 * here;
    float[] tanhCell = Scratch.floats(Scratch.Use.ROW, size);
    GateLoops.tanhOf(pass.cells(), here, tanhCell, 0, size);
    outputBackward(row, gate, tanhCell);
    cellBackward(row, gate, cellsBefore, earlier);
  }

  /// From `h = o·tanh c`.
  private void outputBackward(int row, int gate, float[] tanhCell) {
    int n = pass.size();
    int out = gate + 3 * n;
    float[] gates = pass.gates();
    float[] dGates = gradients.dGates();
    float[] dHidden = gradients.dh();
    float[] dCell = gradients.dc();
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
  private void cellBackward(int row, int gate, float[] cellsBefore, int earlier) {
    int n = pass.size();
    float[] gates = pass.gates();
    float[] dGates = gradients.dGates();
    float[] dCell = gradients.dc();
    for (int j = 0; j < n; j += L) {
      var rest = Lanes.first(n - j);
      int at = gate + j;
      var i = FloatVector.fromArray(S, gates, at, rest);
      var f = FloatVector.fromArray(S, gates, at + n, rest);
      var g = FloatVector.fromArray(S, gates, at + 2 * n, rest);
      var c = FloatVector.fromArray(S, cellsBefore, earlier + j, rest);
      var dc = FloatVector.fromArray(S, dCell, row + j, rest);
      dc.mul(g).mul(i.sub(i.mul(i))).intoArray(dGates, at, rest);
      dc.mul(c).mul(f.sub(f.mul(f))).intoArray(dGates, at + n, rest);
      var dcI = dc.mul(i);
      dcI.sub(dcI.mul(g).mul(g)).intoArray(dGates, at + 2 * n, rest);
      dc.mul(f).intoArray(dCell, row + j, rest);
    }
  }
}
