package sequor.kernels;

import java.util.Arrays;
import java.util.List;

/// Recurrent layers, one row and one step at a time.
///
/// Each row `b` walks its real steps in reading order and carries its state `h` and `c`. Backward
/// walks them the other way and carries `dh` and `dc`:
///
/// ```
/// RNN    da = dh·(1 − h²)   (relu: dh where h > 0);   du = da
/// LSTM   do = dh·tanh c;  dc += dh·o·(1 − tanh² c);  di = dc·g;  df = dc·c₋;  dg = dc·i;  dc₋ = dc·f
///        da = (di·i(1−i), df·f(1−f), dg·(1−g²), do·o(1−o));   du = da
/// GRU    dn = dh·(1−z)·(1−n²);  da = (dn·u·r(1−r), dh·(h₋−n)·z(1−z), dn);  du = (da_r, da_z, dn·r)
///        dh₋ = dh·z + …
/// all    dh₋ = W_hhᵀ·du;  dW_hh += du ⊗ h₋;  db_ih += da;  db_hh += du
/// ```
///
/// with `a` the sum inside a gate, `u = W_hh·h₋ + b_hh`, and `h₋`, `c₋` the state before the step.
final class ScalarRecurrences implements Recurrences {
  @Override
  public void forward(Cell cell, List<Pass> passes, Floats hidden, Span span, Size size) {
    int width = passes.size() * size.hidden();
    Arrays.fill(HeapFloats.of(hidden), 0, size.batch() * size.steps() * width, 0);
    for (int i = 0; i < passes.size(); i++) {
      var shown = new Shown(HeapFloats.of(hidden), i * size.hidden(), width);
      forward(new Walk(cell, passes.get(i), shown, span, size), passes.get(i).last());
    }
  }

  private static void forward(Walk walk, State last) {
    if (walk.cells.length > 0) {
      Arrays.fill(walk.cells, 0, walk.size.batch() * walk.size.steps() * walk.H, 0);
    }
    for (int b = 0; b < walk.size.batch(); b++) {
      walk.begin(b);
      for (int step = 0; step < walk.realSteps(b); step++) {
        walk.at(b, step);
        walk.recurrentSums();
        for (int j = 0; j < walk.H; j++) {
          switch (walk.cell) {
            case RNN_TANH, RNN_RELU -> walk.rnn(j);
            case LSTM -> walk.lstm(j);
            case GRU -> walk.gru(j);
          }
        }
        walk.show();
      }
      walk.copy(walk.h, last.h(), b);
      walk.copy(walk.c, last.c(), b);
    }
  }

  @Override
  public void backward(
      Cell cell,
      List<Pass> passes,
      Floats hidden,
      Floats dHidden,
      List<Gradients> gradients,
      Span span,
      Size size) {
    int width = passes.size() * size.hidden();
    for (int i = 0; i < passes.size(); i++) {
      var shown = new Shown(HeapFloats.of(hidden), i * size.hidden(), width);
      var walk = new Walk(cell, passes.get(i), shown, span, size);
      backward(walk, HeapFloats.of(dHidden), gradients.get(i));
    }
  }

  private static void backward(Walk walk, float[] dHidden, Gradients gradients) {
    float[] dGates = HeapFloats.of(gradients.gates());
    Arrays.fill(dGates, 0, walk.size.batch() * walk.size.steps() * walk.rows, 0);
    for (int b = 0; b < walk.size.batch(); b++) {
      int real = walk.realSteps(b);
      // Of the state after the step that comes next on the way back.
      float[] dh = walk.row(HeapFloats.of(gradients.last().h()), b);
      float[] dc = walk.row(HeapFloats.of(gradients.last().c()), b);
      for (int step = real - 1; step >= 0; step--) {
        walk.at(b, step);
        walk.addHiddenGradient(dHidden, dh);
        for (int j = 0; j < walk.H; j++) {
          switch (walk.cell) {
            case RNN_TANH, RNN_RELU -> walk.rnnBackward(j, dh, dGates);
            case LSTM -> walk.lstmBackward(j, dh, dc, dGates);
            case GRU -> walk.gruBackward(j, dh, dGates);
          }
        }
        walk.addParameterGradients(gradients, dGates);
        walk.addStateGradient(dh);
      }
      // The last state of an empty row is its initial one.
      walk.add(dh, gradients.initial().h(), b);
      walk.add(dc, gradients.initial().c(), b);
    }
  }

  /// Where a pass shows its states: in the columns from `column` on of rows of `width` numbers.
  private record Shown(float[] hidden, int column, int width) {}

  /// The walk over one row: where it stands, and what it reads and writes there.
  @SuppressWarnings("MemberName") // letters are the axes
  private static final class Walk {
    private final Cell cell;
    private final boolean reverse;
    private final Shown shown;
    private final Span span;
    private final Size size;
    private final int H;
    private final int rows; // G·H
    private final float[] inputs;
    private final Ints inputRows;
    private final float[] gates;
    private final float[] weight;
    private final float[] bias;
    private final float[] h0;
    private final float[] c0;
    private final float[] cells;
    private final float[] u; // the recurrent sums of one step, and then their gradients
    private float[] h = new float[0]; // the running state …
    private float[] c = new float[0];
    private float[] next = new float[0]; // … and the hidden one of the step that is being made

    private int input; // where the step's projected input starts
    private int gate; // where its gates start
    private int here; // where the step's cell starts in `cells`
    private int seen; // where the step's state starts in `hidden`
    private float[] before = new float[0]; // the array with the hidden state before the step …
    private int earlier; // … and where it starts there
    private float[] cellsBefore = new float[0];
    private int cellEarlier;

    Walk(Cell cell, Pass pass, Shown shown, Span span, Size size) {
      this.cell = cell;
      this.reverse = pass.reverse();
      this.shown = shown;
      this.span = span;
      this.size = size;
      H = size.hidden();
      rows = cell.gates() * H;
      inputs = HeapFloats.of(pass.input().projected());
      inputRows = pass.input().rows();
      gates = HeapFloats.of(pass.gates());
      weight = HeapFloats.of(pass.weight());
      bias = HeapFloats.of(pass.bias());
      h0 = HeapFloats.of(pass.initial().h());
      c0 = HeapFloats.of(pass.initial().c());
      cells = HeapFloats.of(pass.cells());
      u = new float[rows];
    }

    int realSteps(int b) {
      return Math.max(0, span.ends().get(b) - span.starts().get(b));
    }

    /// Takes the initial state of row `b` for the running one.
    void begin(int b) {
      h = row(h0, b);
      c = row(c0, b);
      next = new float[H];
    }

    /// Row `b` of (B,H), or zeros.
    float[] row(float[] states, int b) {
      return states.length == 0 ? new float[H] : Arrays.copyOfRange(states, b * H, (b + 1) * H);
    }

    /// Goes to row `b`, at the given step in reading order.
    void at(int b, int step) {
      int t = reverse ? span.ends().get(b) - 1 - step : span.starts().get(b) + step;
      int stepBefore = reverse ? t + 1 : t - 1;
      int place = b * size.steps() + t;
      here = (t * size.batch() + b) * H;
      gate = here * cell.gates();
      input = (inputRows.length() == 0 ? place : inputRows.get(place)) * rows;
      seen = place * shown.width + shown.column;
      before = step == 0 ? h0 : shown.hidden;
      earlier =
          step == 0
              ? b * H
              : (b * size.steps() + stepBefore) * shown.width + shown.column;
      cellsBefore = step == 0 ? c0 : cells;
      cellEarlier = step == 0 ? b * H : (stepBefore * size.batch() + b) * H;
    }

    private float hBefore(int j) {
      return before.length == 0 ? 0 : before[earlier + j];
    }

    private float cBefore(int j) {
      return cellsBefore.length == 0 ? 0 : cellsBefore[cellEarlier + j];
    }

    void recurrentSums() {
      for (int row = 0; row < rows; row++) {
        float sum = bias.length == 0 ? 0 : bias[row];
        for (int k = 0; k < H; k++) {
          sum += weight[row * H + k] * h[k];
        }
        u[row] = sum;
      }
    }

    /// The activation of number `row` of the gates, which it also keeps.
    private float sigmoid(int row, float recurrent) {
      return gates[gate + row] = FloatMath.sigmoid(inputs[input + row] + recurrent);
    }

    private float tanh(int row, float recurrent) {
      return gates[gate + row] = FloatMath.tanh(inputs[input + row] + recurrent);
    }

    private void remember(int j, float value) {
      if (cells.length > 0) {
        cells[here + j] = value;
      }
    }

    /// Makes the next state the running one.
    void show() {
      System.arraycopy(next, 0, h, 0, H);
      System.arraycopy(next, 0, shown.hidden, seen, H);
    }

    void rnn(int j) {
      float a = inputs[input + j] + u[j];
      next[j] = cell == Cell.RNN_TANH ? FloatMath.tanh(a) : Math.max(a, 0);
    }

    void rnnBackward(int j, float[] dh, float[] dGates) {
      float y = shown.hidden[seen + j];
      float slope = cell == Cell.RNN_TANH ? 1 - y * y : y > 0 ? 1 : 0;
      u[j] = dh[j] * slope;
      dGates[gate + j] = u[j];
      dh[j] = 0;
    }

    void lstm(int j) {
      float i = sigmoid(j, u[j]);
      float f = sigmoid(j + H, u[j + H]);
      float g = tanh(j + 2 * H, u[j + 2 * H]);
      float o = sigmoid(j + 3 * H, u[j + 3 * H]);
      c[j] = f * c[j] + i * g;
      remember(j, c[j]);
      next[j] = o * FloatMath.tanh(c[j]);
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
      float r = sigmoid(j, u[j]);
      float z = sigmoid(j + H, u[j + H]);
      float n = tanh(j + 2 * H, r * u[j + 2 * H]);
      remember(j, u[j + 2 * H]);
      next[j] = (1 - z) * n + z * h[j];
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

    void addHiddenGradient(float[] dHidden, float[] dh) {
      for (int j = 0; j < H && dHidden.length > 0; j++) {
        dh[j] += dHidden[seen + j];
      }
    }

    void addParameterGradients(Gradients gradients, float[] dGates) {
      float[] dWeight = HeapFloats.of(gradients.weight());
      float[] dInputBias = HeapFloats.of(gradients.inputBias());
      float[] dBias = HeapFloats.of(gradients.bias());
      for (int row = 0; row < rows; row++) {
        if (dInputBias.length > 0) {
          dInputBias[row] += dGates[gate + row];
        }
        if (dBias.length > 0) {
          dBias[row] += u[row];
        }
        for (int k = 0; k < H && dWeight.length > 0; k++) {
          dWeight[row * H + k] += u[row] * hBefore(k);
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

    void add(float[] row, Floats states, int b) {
      float[] target = HeapFloats.of(states);
      for (int j = 0; j < H && target.length > 0; j++) {
        target[b * H + j] += row[j];
      }
    }

    void copy(float[] row, Floats states, int b) {
      float[] target = HeapFloats.of(states);
      if (target.length > 0) {
        System.arraycopy(row, 0, target, b * H, H);
      }
    }
  }
}
