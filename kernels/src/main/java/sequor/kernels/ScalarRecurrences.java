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
  public void forward(
      Cell cell, Input input, List<Pass> passes, Floats hidden, Span span, Size size) {
    int width = passes.size() * size.hidden();
    float[] seen = HeapFloats.of(hidden);
    if (seen.length > 0) {
      Arrays.fill(seen, 0, size.batch() * size.steps() * width, 0);
    }
    for (int i = 0; i < passes.size(); i++) {
      var columns = new Columns(seen, i * size.hidden(), width);
      forward(new Walk(cell, input, passes.get(i), columns, span, size), passes.get(i).last());
    }
  }

  private static void forward(Walk walk, State last) {
    for (int b = 0; b < walk.size.batch(); b++) {
      walk.begin(b);
      for (int step = 0; step < walk.realSteps(b); step++) {
        walk.at(b, step);
        walk.project();
        walk.recurrentSums();
        for (int j = 0; j < walk.H; j++) {
          switch (walk.cell) {
            case RNN_TANH, RNN_RELU -> walk.rnn(j);
            case LSTM -> walk.lstm(j);
            case GRU -> walk.gru(j);
          }
        }
        walk.write();
      }
      walk.copy(walk.h, last.h(), b);
      walk.copy(walk.c, last.c(), b);
    }
  }

  @Override
  public void backward(
      Cell cell,
      Input input,
      List<Pass> passes,
      Outputs outputs,
      Floats dInput,
      List<Gradients> gradients,
      Span span,
      Size size) {
    int width = passes.size() * size.hidden();
    for (int i = 0; i < passes.size(); i++) {
      var columns = new Columns(HeapFloats.of(outputs.hidden()), i * size.hidden(), width);
      var walk = new Walk(cell, input, passes.get(i), columns, span, size);
      backward(walk, HeapFloats.of(outputs.gradient()), HeapFloats.of(dInput), gradients.get(i));
    }
  }

  private static void backward(Walk walk, float[] dHidden, float[] dInput, Gradients gradients) {
    for (int b = 0; b < walk.size.batch(); b++) {
      int real = walk.realSteps(b);
      // Of the state after the step that comes next in the backward pass.
      float[] dh = walk.row(HeapFloats.of(gradients.last().h()), b);
      float[] dc = walk.row(HeapFloats.of(gradients.last().c()), b);
      for (int step = real - 1; step >= 0; step--) {
        walk.at(b, step);
        walk.addHiddenGradient(dHidden, dh);
        for (int j = 0; j < walk.H; j++) {
          switch (walk.cell) {
            case RNN_TANH, RNN_RELU -> walk.rnnBackward(j, dh);
            case LSTM -> walk.lstmBackward(j, dh, dc);
            case GRU -> walk.gruBackward(j, dh);
          }
        }
        walk.addParameterGradients(gradients.weights());
        walk.addInputGradient(dInput);
        walk.addStateGradient(dh);
      }
      // The last state of an empty row is its initial one.
      walk.add(dh, gradients.initial().h(), b);
      walk.add(dc, gradients.initial().c(), b);
    }
  }

  /// Where a pass shows its states: in the columns from `first` on of rows of `width` numbers.
  private record Columns(float[] hidden, int first, int width) {}

  /// The walk over one row: where it stands, and what it reads and writes there.
  @SuppressWarnings("MemberName") // letters are the axes
  private static final class Walk {
    private final Cell cell;
    private final boolean reverse;
    private final Columns outputs;
    private final Span span;
    private final Size size;
    private final int H;
    private final int rows; // G·H
    private final Input input;
    private final float[] inputs;
    private final float[] inputWeight;
    private final float[] weight;
    private final float[] inputBias;
    private final float[] bias;
    private final float[] gates;
    private final float[] h0;
    private final float[] c0;
    private final float[] cells;
    private final float[] x; // the projected input of one step, or its gradients …
    private final float[] u; // … and the recurrent sums, or theirs
    private float[] h = new float[0]; // the running state …
    private float[] c = new float[0];
    private float[] next = new float[0]; // … and the hidden one of the step that is being made

    private int read; // which row of the input the step reads
    private int gate; // where its gates start
    private int here; // where the step's cell starts in `cells`
    private int seen; // where the step's state starts in `hidden`
    private float[] before = new float[0]; // the array with the hidden state before the step …
    private int earlier; // … and where it starts there
    private float[] cellsBefore = new float[0];
    private int cellEarlier;

    Walk(Cell cell, Input input, Pass pass, Columns outputs, Span span, Size size) {
      this.cell = cell;
      this.reverse = pass.reverse();
      this.outputs = outputs;
      this.span = span;
      this.size = size;
      H = size.hidden();
      rows = cell.gates() * H;
      this.input = input;
      inputs = HeapFloats.of(input.rows());
      inputWeight = HeapFloats.of(pass.weights().inputs());
      weight = HeapFloats.of(pass.weights().hidden());
      inputBias = HeapFloats.of(pass.weights().inputBias());
      bias = HeapFloats.of(pass.weights().hiddenBias());
      gates = HeapFloats.of(pass.gates());
      h0 = HeapFloats.of(pass.initial().h());
      c0 = HeapFloats.of(pass.initial().c());
      cells = HeapFloats.of(pass.cells());
      x = new float[rows];
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
      read = input.ids().length() == 0 ? place : input.ids().get(place);
      seen = place * outputs.width + outputs.first;
      before = step == 0 ? h0 : outputs.hidden;
      earlier = step == 0 ? b * H : (b * size.steps() + stepBefore) * outputs.width + outputs.first;
      cellsBefore = step == 0 ? c0 : cells;
      cellEarlier = step == 0 ? b * H : (stepBefore * size.batch() + b) * H;
    }

    private float hBefore(int j) {
      return before.length == 0 ? 0 : before[earlier + j];
    }

    private float cBefore(int j) {
      return cellsBefore.length == 0 ? 0 : cellsBefore[cellEarlier + j];
    }

    void project() {
      multiply(inputWeight, input.width(), inputs, read * input.width(), inputBias, x);
    }

    void recurrentSums() {
      multiply(weight, H, h, 0, bias, u);
    }

    /// `sums = matrix · vector + bias`, each row of the matrix of `n` numbers.
    private void multiply(
        float[] matrix, int n, float[] vector, int from, float[] bias, float[] sums) {
      for (int row = 0; row < rows; row++) {
        float sum = bias[row];
        for (int k = 0; k < n; k++) {
          sum += matrix[row * n + k] * vector[from + k];
        }
        sums[row] = sum;
      }
    }

    /// The activation of number `row` of the gates, which it also keeps.
    private float sigmoid(int row, float recurrent) {
      return keep(row, FloatMath.sigmoid(x[row] + recurrent));
    }

    private float tanh(int row, float recurrent) {
      return keep(row, FloatMath.tanh(x[row] + recurrent));
    }

    private float keep(int row, float activation) {
      if (gates.length > 0) {
        gates[gate + row] = activation;
      }
      return activation;
    }

    private void remember(int j, float value) {
      if (cells.length > 0) {
        cells[here + j] = value;
      }
    }

    /// Makes the next state the running one.
    void write() {
      System.arraycopy(next, 0, h, 0, H);
      if (outputs.hidden.length > 0) {
        System.arraycopy(next, 0, outputs.hidden, seen, H);
      }
    }

    void rnn(int j) {
      float a = x[j] + u[j];
      next[j] = cell == Cell.RNN_TANH ? FloatMath.tanh(a) : Math.max(a, 0);
    }

    void rnnBackward(int j, float[] dh) {
      float y = outputs.hidden[seen + j];
      float slope = cell == Cell.RNN_TANH ? 1 - y * y : y > 0 ? 1 : 0;
      x[j] = dh[j] * slope;
      u[j] = x[j];
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

    void lstmBackward(int j, float[] dh, float[] dc) {
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
        x[row] = u[row];
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

    void gruBackward(int j, float[] dh) {
      int at = gate + j;
      float r = gates[at];
      float z = gates[at + H];
      float n = gates[at + 2 * H];
      float dn = dh[j] * (1 - z) * (1 - n * n);
      u[j] = dn * cells[here + j] * r * (1 - r);
      u[j + H] = dh[j] * (hBefore(j) - n) * z * (1 - z);
      u[j + 2 * H] = dn * r;
      x[j] = u[j];
      x[j + H] = u[j + H];
      x[j + 2 * H] = dn;
      dh[j] *= z;
    }

    void addHiddenGradient(float[] dHidden, float[] dh) {
      for (int j = 0; j < H && dHidden.length > 0; j++) {
        dh[j] += dHidden[seen + j];
      }
    }

    void addParameterGradients(Weights gradients) {
      float[] dInputWeight = HeapFloats.of(gradients.inputs());
      float[] dWeight = HeapFloats.of(gradients.hidden());
      float[] dInputBias = HeapFloats.of(gradients.inputBias());
      float[] dBias = HeapFloats.of(gradients.hiddenBias());
      int d = input.width();
      for (int row = 0; row < rows; row++) {
        if (dInputBias.length > 0) {
          dInputBias[row] += x[row];
        }
        if (dBias.length > 0) {
          dBias[row] += u[row];
        }
        for (int k = 0; k < d && dInputWeight.length > 0; k++) {
          dInputWeight[row * d + k] += x[row] * inputs[read * d + k];
        }
        for (int k = 0; k < H && dWeight.length > 0; k++) {
          dWeight[row * H + k] += u[row] * hBefore(k);
        }
      }
    }

    /// `dinput += W_ihᵀ·da`.
    void addInputGradient(float[] dInput) {
      int d = input.width();
      for (int row = 0; row < rows && dInput.length > 0 && read != input.paddingRow(); row++) {
        for (int k = 0; k < d; k++) {
          dInput[read * d + k] += inputWeight[row * d + k] * x[row];
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
