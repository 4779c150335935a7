package sequor.kernels.vector;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import sequor.kernels.Attentions;
import sequor.kernels.Binary;
import sequor.kernels.Broadcast;
import sequor.kernels.Chains;
import sequor.kernels.Convolutions;
import sequor.kernels.Elementwise;
import sequor.kernels.Embeddings;
import sequor.kernels.Embeddings.Additions;
import sequor.kernels.Embeddings.Changes;
import sequor.kernels.Embeddings.Windows;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Kernels;
import sequor.kernels.Products;
import sequor.kernels.Recurrences.Cell;
import sequor.kernels.Recurrences.Gradients;
import sequor.kernels.Recurrences.Input;
import sequor.kernels.Recurrences.Outputs;
import sequor.kernels.Recurrences.Pass;
import sequor.kernels.Recurrences.Size;
import sequor.kernels.Recurrences.Span;
import sequor.kernels.Recurrences.State;
import sequor.kernels.Recurrences.Weights;
import sequor.kernels.Reductions;
import sequor.kernels.Rows;
import sequor.kernels.Scans;
import sequor.kernels.Unary;
import sequor.kernels.Updates;

/// A little of everything, boiled down to one number that changes with any bit. Run as a program it
/// prints that number.
final class Checksum {
  private final Kernels kernels = Twins.VECTOR;
  private final Random random = new Random(11);
  private long sum;

  static void main() {
    System.out.println("checksum " + new Checksum().run());
  }

  long run() {
    for (var f : Unary.values()) {
      var x = floats(37);
      var y = zeros(37);
      kernels.elementwise().unary(f, x, y, 37);
      var dx = floats(37);
      kernels.elementwise().unaryBackward(f, x, y, floats(37), dx, 37);
      take(y);
      take(dx);
    }
    for (var f : Binary.values()) {
      var y = zeros(3 * 37);
      var size = Broadcast.of(new int[] {3, 1}, new int[] {37});
      kernels.elementwise().binary(f, floats(3), floats(37), y, size);
      take(y);
    }
    for (int m : new int[] {1, 11}) {
      var c = floats(m * 53);
      var size = Products.Size.of(m, 70, 53);
      kernels.products().matmul(floats(m * 70), floats(70 * 53), c, size.adding());
      kernels.products().matmul(floats(m * 70), floats(70 * 53), c, size.transposingB().adding());
      take(c);
    }
    rows();
    var p = floats(40);
    var adam = new Updates.Adam(40, 0.1f, 0.9f, 0.999f, 1e-8f, 0.1f, true, 3);
    kernels.updates().adam(p, floats(40), floats(40), positive(40), adam);
    take(p);
    for (var cell : Cell.values()) {
      recurrence(cell);
    }
    scans();
    chains();
    convolutions();
    attentions();
    embeddings();
    return sum;
  }

  private void attentions() {
    var size = new Attentions.Size(2, 3, 5, 70, 70, true, 0.4f);
    var span = new Span(new HeapInts(new int[] {0, 2}), new HeapInts(new int[] {70, 68}));
    var steps = floats(2 * 70 * 45); // queries, keys and values beside each other
    var reading =
        new Attentions.Reading(
            new Attentions.Steps(steps, 0, 45),
            new Attentions.Steps(steps, 15, 45),
            new Attentions.Steps(steps, 30, 45),
            span,
            span,
            new Elementwise.Dropout(0, 0.2f, 7));
    var y = zeros(2 * 70 * 15);
    var logSums = zeros(2 * 3 * 70);
    var gradients = floats(2 * 70 * 45);
    kernels.attentions().forward(reading, y, logSums, size);
    kernels
        .attentions()
        .backward(
            reading,
            y,
            logSums,
            floats(2 * 70 * 15),
            new Attentions.Gradients(gradients, gradients, gradients),
            size);
    take(y);
    take(gradients);
  }

  private void embeddings() {
    var size = new Embeddings.Size(8, 5, 6, 37);
    var windows = windows(size);
    var in = floats(9 * 37);
    var out = floats(9 * 37);
    var none = new HeapFloats(new float[0]);
    var pairs = new Changes(zeros(8 * 5 * 37), zeros(8 * 6 * 37), zeros(8 * 30), zeros(8));
    kernels.embeddings().pairs(in, out, windows, pairs, 0.1f, size);
    var often = new HeapInts(new int[9]);
    var each = new Additions(windows.inputs(), 8 * 5, 1, none, often, 3);
    kernels.embeddings().add(in, pairs.inputs(), each, 37);
    take(in);
    take((HeapFloats) pairs.outputs());
    take((HeapFloats) pairs.losses());
    var means = new Changes(zeros(8 * 37), zeros(8 * 37), zeros(8 * 6), zeros(8));
    kernels.embeddings().means(in, out, windows, means, 0.1f, size);
    var shared = new Additions(windows.outputs(), 8 * 6, 6, means.errors(), often, 3);
    kernels.embeddings().add(out, means.outputs(), shared, 37);
    take(out);
    take((HeapFloats) means.inputs());
    take((HeapFloats) means.losses());
    together(in, out);
  }

  private Windows windows(Embeddings.Size size) {
    int n = size.inputs();
    int m = size.outputs();
    int[] inputs = new int[size.windows() * n];
    int[] outputs = new int[size.windows() * m];
    Arrays.fill(inputs, -1);
    Arrays.fill(outputs, -1);
    for (int g = 0; g < size.windows(); g++) {
      for (int k = 0; k <= g % n; k++) {
        inputs[g * n + k] = random.nextInt(9);
      }
      for (int k = 0; k <= g % m; k++) {
        outputs[g * m + k] = random.nextInt(9);
      }
    }
    return new Windows(new HeapInts(inputs), new HeapInts(outputs), positive(outputs.length));
  }

  private void together(HeapFloats words, HeapFloats contexts) {
    var squares = new Embeddings.Squares(positive(9 * 37), positive(9 * 37));
    var pairs =
        new Embeddings.Pairs(
            new HeapInts(random.ints(20, 0, 9).toArray()),
            new HeapInts(random.ints(20, 0, 9).toArray()),
            positive(20),
            positive(20),
            20);
    double loss = kernels.embeddings().together(words, contexts, squares, pairs, 0.05f, 37);
    take(words);
    take(contexts);
    sum = sum * 1_000_003 + Double.hashCode(loss);
  }

  private void chains() {
    var span = new Span(new HeapInts(new int[] {0, 1, 0}), new HeapInts(new int[] {4, 4, 2}));
    var size = new Chains.Size(3, 4, 19);
    var tags = new HeapInts(random.ints(12, 0, 19).toArray());
    var scores = new Chains.Scores(floats(12 * 19), floats(19 * 19), floats(19), floats(19), tags);
    var sums = zeros(12 * 19);
    var losses = zeros(3);
    var gradients = new Chains.Gradients(zeros(12 * 19), zeros(19 * 19), zeros(19), zeros(19));
    kernels.chains().forward(scores, sums, losses, span, size);
    kernels.chains().backward(scores, sums, floats(3), gradients, span, size);
    take(losses);
    take((HeapFloats) gradients.emissions());
    take((HeapFloats) gradients.transitions());
    var best = zeros(3);
    kernels.chains().best(scores, new HeapInts(new int[12]), best, span, size);
    take(best);
  }

  private void convolutions() {
    var span = new Span(new HeapInts(new int[] {0, 1, 0}), new HeapInts(new int[] {4, 4, 2}));
    var window = new Convolutions.Window(3, 1, 1, 1, true);
    var size = new Convolutions.Size(3, 4, 5, 4, 19, window);
    var layer = new Convolutions.Layer(floats(12 * 5), floats(19 * 5 * 3), floats(19));
    var gradients = new Convolutions.Gradients(zeros(12 * 5), zeros(19 * 5 * 3), zeros(19));
    var y = zeros(12 * 19);
    kernels.convolutions().forward(layer, y, span, span, size);
    kernels.convolutions().backward(layer, y, floats(12 * 19), gradients, span, span, size);
    take(y);
    var top = zeros(3 * 19);
    var places = new HeapInts(new int[3 * 19]);
    kernels.convolutions().forwardMax(layer, top, places, span, size);
    kernels.convolutions().backwardMax(layer, places, floats(3 * 19), gradients, span, size);
    take(top);
    take((HeapFloats) gradients.x());
    take((HeapFloats) gradients.weight());
    take((HeapFloats) gradients.bias());
    sum = sum * 1_000_003 + Arrays.hashCode(places.array());
  }

  private void rows() {
    var x = floats(3 * 37);
    var y = zeros(3 * 37);
    var dx = floats(3 * 37);
    kernels.rows().softmax(x, y, new Rows.Size(3, 37));
    kernels.rows().softmaxBackward(y, floats(3 * 37), dx, new Rows.Size(3, 37));
    take(y);
    kernels.rows().layerNorm(x, floats(37), floats(37), y, new Rows.Normal(3, 37, 1e-5f));
    take(y);
    kernels.reductions().sum(x, y, new Reductions.Axis(3, 37, 1));
    take(y);
    var losses = zeros(3);
    var classes = new Rows.Classes(3, 37, -1, 0.1f);
    var targets = new HeapInts(new int[] {3, 1, 4});
    kernels.rows().crossEntropy(x, targets, floats(37), losses, classes);
    kernels.rows().crossEntropyBackward(x, targets, floats(37), floats(3), dx, classes);
    take(losses);
    take(dx);
  }

  private void recurrence(Cell cell) {
    int g = cell.gates() * 19;
    var size = new Size(3, 4, 19);
    var span = new Span(new HeapInts(new int[] {0, 1, 0}), new HeapInts(new int[] {4, 4, 2}));
    recurrence(cell, g, new Input(floats(12 * 5), 12, 5, new HeapInts(new int[0]), -1), span, size);
    var ids = new HeapInts(new int[] {0, 1, 2, 2, 1, 0, 0, 0, 1, 2, 2, 2});
    recurrence(cell, g, new Input(floats(3 * 5), 3, 5, ids, 1), span, size);
  }

  private void recurrence(Cell cell, int g, Input input, Span span, Size size) {
    var hidden = zeros(12 * 2 * 19);
    var passes = List.of(pass(cell, g, false), pass(cell, g, true));
    kernels.recurrences().forward(cell, input, passes, hidden, span, size);
    var gradients = List.of(gradients(g), gradients(g));
    var outputs = new Outputs(hidden, floats(12 * 2 * 19));
    var dInput = zeros(input.rows().length());
    kernels.recurrences().backward(cell, input, passes, outputs, dInput, gradients, span, size);
    take(hidden);
    take(dInput);
    for (int i = 0; i < 2; i++) {
      take((HeapFloats) passes.get(i).last().h());
      take((HeapFloats) gradients.get(i).weights().inputs());
      take((HeapFloats) gradients.get(i).weights().hidden());
      take((HeapFloats) gradients.get(i).weights().inputBias());
      take((HeapFloats) gradients.get(i).weights().hiddenBias());
      take((HeapFloats) gradients.get(i).initial().h());
    }
  }

  private void scans() {
    int steps = 140; // two chunks
    var span = new Span(new HeapInts(new int[] {0, 7}), new HeapInts(new int[] {steps, steps - 1}));
    var size = new Scans.Size(2, steps, 19, true);
    int n = 2 * steps * 19;
    var a = positive(n);
    var hidden = zeros(n);
    var initial = floats(2 * 19);
    kernels.scans().linear(a, floats(n), initial, hidden, span, size);
    var linear = new Scans.LinearGradients(zeros(n), zeros(n), zeros(2 * 19));
    kernels.scans().linearBackward(a, initial, hidden, floats(n), linear, span, size);
    take(hidden);
    take((HeapFloats) linear.a());
    take((HeapFloats) linear.initial());

    int states = 2 * 3 * 19;
    var modes = new Scans.Modes(tiny(states), floats(states), 3);
    var u = floats(n);
    var y = zeros(n);
    kernels.scans().diagonal(u, modes, floats(2 * states), y, zeros(2 * states), span, size);
    var diagonal =
        new Scans.DiagonalGradients(zeros(n), zeros(states), zeros(states), zeros(2 * states));
    var above = new Scans.FromAbove(floats(n), floats(2 * states));
    kernels.scans().diagonalBackward(u, modes, floats(2 * states), above, diagonal, span, size);
    take(y);
    take((HeapFloats) diagonal.u());
    take((HeapFloats) diagonal.poles());
    take((HeapFloats) diagonal.weights());
  }

  private HeapFloats tiny(int n) {
    var values = positive(n);
    for (int i = 0; i < n; i++) {
      values.set(i, 0.6f * values.get(i));
    }
    return values;
  }

  private Pass pass(Cell cell, int g, boolean reverse) {
    return new Pass(
        new Weights(floats(g * 5), floats(g * 19), floats(g), floats(g)),
        new State(floats(3 * 19), floats(3 * 19)),
        new State(zeros(3 * 19), zeros(3 * 19)),
        zeros(cell.remembers() ? 12 * g : 0),
        zeros(cell.remembers() ? 12 * 19 : 0),
        reverse);
  }

  private Gradients gradients(int g) {
    return new Gradients(
        new State(floats(3 * 19), floats(3 * 19)),
        new Weights(zeros(g * 5), zeros(g * 19), zeros(g), zeros(g)),
        new State(zeros(3 * 19), zeros(3 * 19)));
  }

  private void take(HeapFloats values) {
    sum = sum * 1_000_003 + Arrays.hashCode(values.array());
  }

  private HeapFloats floats(int n) {
    var values = zeros(n);
    for (int i = 0; i < n; i++) {
      values.set(i, (float) random.nextGaussian());
    }
    return values;
  }

  private HeapFloats positive(int n) {
    var values = zeros(n);
    for (int i = 0; i < n; i++) {
      values.set(i, random.nextFloat());
    }
    return values;
  }

  private static HeapFloats zeros(int n) {
    return new HeapFloats(new float[n]);
  }
}
