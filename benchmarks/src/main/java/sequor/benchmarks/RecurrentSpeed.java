package sequor.benchmarks;

import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import sequor.kernels.Floats;
import sequor.kernels.HeapInts;
import sequor.kernels.Products;
import sequor.kernels.Recurrences.Cell;
import sequor.kernels.Recurrences.Gradients;
import sequor.kernels.Recurrences.Pass;
import sequor.kernels.Recurrences.Size;
import sequor.kernels.Recurrences.Span;

/// A recurrent layer forward and back, with its input product and all gradients: what a training
/// step spends its time on.
public class RecurrentSpeed extends Speed {
  /// Cell, B, T, D, H.
  @Param({"LSTM 64 40 256 512", "GRU 64 40 256 512", "RNN_TANH 64 19 100 64"})
  private String layer = "";

  private int inputs;
  private Cell cell = Cell.LSTM;
  private Size size = new Size(0, 0, 0, false);
  private Floats x = NONE;
  private Floats dx = NONE;
  private Floats weight = NONE;
  private Floats dWeight = NONE;
  private Pass pass = new Pass(NONE, NONE, NONE, NONE, NONE, NONE, NONE);
  private Gradients gradients = new Gradients(NONE, NONE, NONE, NONE, NONE, NONE, NONE);
  private Span span = new Span(new HeapInts(new int[0]), new HeapInts(new int[0]));

  /// For JMH.
  public RecurrentSpeed() {}

  @Setup
  public void fill() {
    String[] words = layer.split(" ", -1);
    cell = Cell.valueOf(words[0]);
    int batch = Integer.parseInt(words[1]);
    int steps = Integer.parseInt(words[2]);
    inputs = Integer.parseInt(words[3]);
    int h = Integer.parseInt(words[4]);
    size = new Size(batch, steps, h, false);
    int places = batch * steps;
    int rows = cell.gates() * h;
    float reach = (float) (1 / Math.sqrt(h));
    x = random(places * inputs, 1);
    dx = zeros(places * inputs);
    weight = random(rows * inputs, reach);
    dWeight = zeros(rows * inputs);
    boolean lstm = cell == Cell.LSTM;
    pass =
        new Pass(
            zeros(places * rows),
            random(rows * h, reach),
            random(rows, reach),
            zeros(batch * h),
            zeros(lstm ? batch * h : 0),
            zeros(places * h),
            zeros(lstm || cell == Cell.GRU ? places * h : 0));
    gradients =
        new Gradients(
            random(places * h, 1e-3f),
            zeros(0),
            zeros(places * rows),
            zeros(rows * h),
            zeros(rows),
            zeros(0),
            zeros(0));
    int[] ends = new int[batch];
    Arrays.fill(ends, steps);
    span = new Span(bound().memory().ints(new int[batch]), bound().memory().ints(ends));
  }

  @Benchmark
  public Floats step() {
    var kernels = bound();
    int places = size.batch() * size.steps();
    int rows = cell.gates() * size.hidden();
    var project = Products.Size.of(places, inputs, rows).transposingB();
    kernels.products().matmul(x, weight, pass.gates(), project);
    kernels.recurrences().forward(cell, pass, span, size);
    kernels.recurrences().backward(cell, pass, gradients, span, size);
    var toWeight = Products.Size.of(rows, places, inputs).transposingA().adding();
    kernels.products().matmul(gradients.gates(), x, dWeight, toWeight);
    var toInput = Products.Size.of(places, rows, inputs);
    kernels.products().matmul(gradients.gates(), weight, dx, toInput);
    return dx;
  }
}
