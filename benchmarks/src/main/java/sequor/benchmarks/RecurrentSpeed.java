package sequor.benchmarks;

import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import sequor.kernels.Floats;
import sequor.kernels.HeapInts;
import sequor.kernels.Products;
import sequor.kernels.Recurrences.Cell;
import sequor.kernels.Recurrences.Gradients;
import sequor.kernels.Recurrences.Input;
import sequor.kernels.Recurrences.Pass;
import sequor.kernels.Recurrences.Size;
import sequor.kernels.Recurrences.Span;
import sequor.kernels.Recurrences.State;

/// A recurrent layer forward and back, with its input product and all gradients: what a training
/// step spends its time on.
public class RecurrentSpeed extends Speed {
  /// Cell, B, T, D, H.
  @Param({"LSTM 64 40 256 512", "GRU 64 40 256 512", "RNN_TANH 64 19 100 64"})
  private String layer = "";

  private int inputs;
  private Cell cell = Cell.LSTM;
  private Size size = new Size(0, 0, 0);
  private Floats x = NONE;
  private Floats dx = NONE;
  private Floats weight = NONE;
  private Floats dWeight = NONE;
  private Floats projected = NONE;
  private Floats hidden = NONE;
  private Floats dHidden = NONE;
  private Floats dGates = NONE;
  private List<Pass> passes = List.of();
  private List<Gradients> gradients = List.of();
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
    size = new Size(batch, steps, h);
    int places = batch * steps;
    int rows = cell.gates() * h;
    float reach = (float) (1 / Math.sqrt(h));
    x = random(places * inputs, 1);
    dx = zeros(places * inputs);
    weight = random(rows * inputs, reach);
    dWeight = zeros(rows * inputs);
    projected = zeros(places * rows);
    hidden = zeros(places * h);
    dHidden = random(places * h, 1e-3f);
    dGates = zeros(places * rows);
    var unwanted = new State(zeros(0), zeros(0));
    passes =
        List.of(
            new Pass(
                new Input(projected, bound().memory().ints(new int[0])),
                zeros(places * rows),
                random(rows * h, reach),
                random(rows, reach),
                unwanted,
                unwanted,
                zeros(cell.remembers() ? places * h : 0),
                false));
    gradients =
        List.of(
            new Gradients(unwanted, dGates, zeros(rows * h), zeros(rows), zeros(rows), unwanted));
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
    kernels.products().matmul(x, weight, projected, project);
    kernels.recurrences().forward(cell, passes, hidden, span, size);
    kernels.recurrences().backward(cell, passes, hidden, dHidden, gradients, span, size);
    var toWeight = Products.Size.of(rows, places, inputs).transposingA().adding();
    kernels.products().matmul(dGates, x, dWeight, toWeight);
    var toInput = Products.Size.of(places, rows, inputs);
    kernels.products().matmul(dGates, weight, dx, toInput);
    return dx;
  }
}
