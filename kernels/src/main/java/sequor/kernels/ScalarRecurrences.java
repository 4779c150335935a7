package sequor.kernels;

import java.util.Arrays;

/// Recurrent layers, one row and one step at a time.
///
/// Each row `b` walks its real steps in reading order with its state in the previous row of
/// `hidden`. Backward walks them the other way and carries `dh` and `dc`:
///
/// ```
/// RNN    da = dh·(1 − h²)   (relu: dh where h > 0);   du = da
/// LSTM   do = dh·tanh c;  dc += dh·o·(1 − tanh² c);  di = dc·g;  df = dc·c₋;  dg = dc·i;  dc₋ = dc·f
///        da = (di·i(1−i), df·f(1−f), dg·(1−g²), do·o(1−o));   du = da
/// GRU    dn = dh·(1−z)·(1−n²);  da = (dn·u·r(1−r), dh·(h₋−n)·z(1−z), dn);  du = (da_r, da_z, dn·r)
///        dh₋ = dh·z + …
/// all    dh₋ = W_hhᵀ·du;  dW_hh += du ⊗ h₋;  db_hh += du
/// ```
///
/// with `a` the sum inside a gate, `u = W_hh·h₋ + b_hh`, and `h₋`, `c₋` the state before the step.
final class ScalarRecurrences implements Recurrences {
  @Override
  public void forward(Cell cell, Pass pass, Span span, Size size) {
    var run = new Run(cell, pass, span, size);
    Arrays.fill(run.hidden, 0, size.batch() * size.steps() * run.H, 0);
    if (run.cells.length > 0) {
      Arrays.fill(run.cells, 0, size.batch() * size.steps() * run.H, 0);
    }
    for (int b = 0; b < size.batch(); b++) {
      for (int step = 0; step < run.realSteps(b); step++) {
        run.at(b, step);
        run.recurrentSums();
        for (int j = 0; j < run.H; j++) {
          switch (cell) {
            case RNN_TANH, RNN_RELU -> run.rnn(j);
            case LSTM -> run.lstm(j);
            case GRU -> run.gru(j);
          }
        }
      }
    }
  }

  @Override
  public void backward(Cell cell, Pass pass, Gradients gradients, Span span, Size size) {
    var run = new Run(cell, pass, span, size);
    float[] dGates = HeapFloats.of(gradients.gates());
    Arrays.fill(dGates, 0, size.batch() * size.steps() * cell.gates() * run.H, 0);
    float[] lastCell = HeapFloats.of(gradients.lastCell());
    for (int b = 0; b < size.batch(); b++) {
      int real = run.realSteps(b);
      float[] dh = new float[run.H]; // of the state before the step just done
      float[] dc = new float[run.H];
      if (real > 0 && lastCell.length > 0) {
        System.arraycopy(lastCell, b * run.H, dc, 0, run.H);
      }
      for (int step = real - 1; step >= 0; step--) {
        run.at(b, step);
        run.addHiddenGradient(gradients.hidden(), dh);
        for (int j = 0; j < run.H; j++) {
          switch (cell) {
            case RNN_TANH, RNN_RELU -> run.rnnBackward(j, dh, dGates);
            case LSTM -> run.lstmBackward(j, dh, dc, dGates);
            case GRU -> run.gruBackward(j, dh, dGates);
          }
        }
        run.addParameterGradients(gradients);
        run.addStateGradient(dh);
      }
      if (real > 0) {
        run.addInto(gradients.h0(), b, dh);
        run.addInto(gradients.c0(), b, dc);
      }
    }
  }

  /// The walk over one row: where it stands, and what it reads and writes there.
  @SuppressWarnings("MemberName") // letters are the axes
  private static final class Run {
    private final Cell cell;
    private final Span span;
    private final Size size;
    private final int H;
    private final int rows; // G·H
    private final float[] gates;
    private final float[] weight;
    private final float[] bias;
    private final float[] h0;
    private final float[] c0;
    private final float[] hidden;
    private final float[] cells;
    private final float[] u; // the recurrent sums of one step, and then their gradients

    private int gate; // where the step's gates start
    private int here; // where the step's state starts in `hidden` and `cells`
    private float[] before = new float[0]; // the array with the hidden state before the step …
    private float[] cellsBefore = new float[0];
    private int earlier; // … and where it starts there

    Run(Cell cell, Pass pass, Span span, Size size) {
      this.cell = cell;
      this.span = span;
      this.size = size;
      H = size.hidden();
      rows = cell.gates() * H;
      gates = HeapFloats.of(pass.gates());
      weight = HeapFloats.of(pass.weight());
      bias = HeapFloats.of(pass.bias());
      h0 = HeapFloats.of(pass.h0());
      c0 = HeapFloats.of(pass.c0());
      hidden = HeapFloats.of(pass.hidden());
      cells = HeapFloats.of(pass.cells());
      u = new float[rows];
    }

    int realSteps(int b) {
      return Math.max(0, span.ends().get(b) - span.starts().get(b));
    }

    /// Goes to row `b`, at the given step in reading order.
    void at(int b, int step) {
      int t = size.reverse() ? span.ends().get(b) - 1 - step : span.starts().get(b) + step;
      here = (b * size.steps() + t) * H;
      gate = here * cell.gates();
      before = step == 0 ? h0 : hidden;
      cellsBefore = step == 0 ? c0 : cells;
      earlier = step == 0 ? b * H : size.reverse() ? here + H : here - H;
    }

    private float hBefore(int j) {
      return before.length == 0 ? 0 : before[earlier + j];
    }

    private float cBefore(int j) {
      return cellsBefore.length == 0 ? 0 : cellsBefore[earlier + j];
    }

    void recurrentSums() {
      for (int row = 0; row < rows; row++) {
        float sum = bias.length == 0 ? 0 : bias[row];
        for (int k = 0; k < H; k++) {
          sum += weight[row * H + k] * hBefore(k);
        }
        u[row] = sum;
      }
    }

    /// Turns the gate at `at` from its projected input into its activation.
    private float sigmoid(int at, float recurrent) {
      gates[at] = FloatMath.sigmoid(gates[at] + recurrent);
      return gates[at];
    }

    private float tanh(int at, float recurrent) {
      gates[at] = FloatMath.tanh(gates[at] + recurrent);
      return gates[at];
    }

    void rnn(int j) {
      float a = gates[gate + j] + u[j];
      hidden[here + j] = cell == Cell.RNN_TANH ? FloatMath.tanh(a) : Math.max(a, 0);
      gates[gate + j] = hidden[here + j];
    }

    void rnnBackward(int j, float[] dh, float[] dGates) {
      float h = hidden[here + j];
      float slope = cell == Cell.RNN_TANH ? 1 - h * h : h > 0 ? 1 : 0;
      u[j] = dh[j] * slope;
      dGates[gate + j] = u[j];
      dh[j] = 0;
    }

    void lstm(int j) {
      int at = gate + j;
      float i = sigmoid(at, u[j]);
      float f = sigmoid(at + H, u[j + H]);
      float g = tanh(at + 2 * H, u[j + 2 * H]);
      float o = sigmoid(at + 3 * H, u[j + 3 * H]);
      float c = f * cBefore(j) + i * g;
      cells[here + j] = c;
      hidden[here + j] = o * FloatMath.tanh(c);
    }

    void lstmBackward(int j, float[] dh, float[] dc, float[] dGates) {
      int at = gate + j;
      float i = gates[at];
      float f = gates[at + H];
      float g = gates[at + 2 * H];
      float o = gates[at + 3 * H];
      float tanhC = FloatMath.tanh(cells[here + j]);
      float dCell = dc[j] + dh[j] * o * (1 - tanhC * tanhC);
      u[j] = dCell * g * i * (1 - i);
      u[j + H] = dCell * cBefore(j) * f * (1 - f);
      u[j + 2 * H] = dCell * i * (1 - g * g);
      u[j + 3 * H] = dh[j] * tanhC * o * (1 - o);
      for (int row = j; row < rows; row += H) {
        dGates[gate + row] = u[row];
      }
      dc[j] = dCell * f;
      dh[j] = 0;
    }

    void gru(int j) {
      int at = gate + j;
      float r = sigmoid(at, u[j]);
      float z = sigmoid(at + H, u[j + H]);
      float n = tanh(at + 2 * H, r * u[j + 2 * H]);
      cells[here + j] = u[j + 2 * H];
      hidden[here + j] = (1 - z) * n + z * hBefore(j);
    }

    void gruBackward(int j, float[] dh, float[] dGates) {
      int at = gate + j;
      float r = gates[at];
      float z = gates[at + H];
      float n = gates[at + 2 * H];
      float dn = dh[j] * (1 - z) * (1 - n * n);
      u[j] = dn * cells[here + j] * r * (1 - r);
      u[j + H] = dh[j] * (hBefore(j) - n) * z * (1 - z);
      u[j + 2 * H] = dn * r;
      dGates[at] = u[j];
      dGates[at + H] = u[j + H];
      dGates[at + 2 * H] = dn;
      dh[j] *= z;
    }

    void addHiddenGradient(Floats dHidden, float[] dh) {
      float[] fromAbove = HeapFloats.of(dHidden);
      if (fromAbove.length > 0) {
        for (int j = 0; j < H; j++) {
          dh[j] += fromAbove[here + j];
        }
      }
    }

    void addParameterGradients(Gradients gradients) {
      float[] dWeight = HeapFloats.of(gradients.weight());
      float[] dBias = HeapFloats.of(gradients.bias());
      for (int row = 0; row < rows; row++) {
        if (dBias.length > 0) {
          dBias[row] += u[row];
        }
        if (dWeight.length > 0) {
          for (int k = 0; k < H; k++) {
            dWeight[row * H + k] += u[row] * hBefore(k);
          }
        }
      }
    }

    /// `dh += W_hhᵀ·du`.
    void addStateGradient(float[] dh) {
      for (int row = 0; row < rows; row++) {
        for (int k = 0; k < H; k++) {
          dh[k] += weight[row * H + k] * u[row];
        }
      }
    }

    void addInto(Floats gradient, int b, float[] value) {
      float[] target = HeapFloats.of(gradient);
      if (target.length > 0) {
        for (int j = 0; j < H; j++) {
          target[b * H + j] += value[j];
        }
      }
    }
  }
}
