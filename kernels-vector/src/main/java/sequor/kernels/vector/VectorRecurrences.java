package sequor.kernels.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.Parallel;
import sequor.kernels.Recurrences;

/// Recurrent layers over a whole sequence.
///
/// The recurrent weights are packed once. The rows of the batch, longest first, are cut into blocks
/// that never wait for each other: each walks through all steps, multiplies the state of its real
/// rows with the weights, and applies the gates ([CellStep]). The weights' gradient is one product
/// over all real steps at the end; the biases' are added up by each block and then over the blocks
/// in order.
final class VectorRecurrences implements Recurrences {
  @Override
  public void forward(Cell cell, List<Pass> passes, Floats hidden, Span span, Size size) {
    if (size.batch() == 0 || size.hidden() == 0) {
      return;
    }
    var sequences = sequences(cell, passes, hidden, span, size);
    var panels = new ArrayList<Panels>();
    for (var s : sequences) {
      panels.add(Panels.pack(s.paddedWeight(), s.h, s.bias.length, panels.size()));
    }
    blocks(
        sequences,
        (i, block, number) -> block.forward(panels.get(i), passes.get(i).last()));
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
    if (size.batch() == 0 || size.hidden() == 0) {
      return;
    }
    var sequences = sequences(cell, passes, hidden, span, size);
    var panels = new ArrayList<Panels>();
    for (var s : sequences) {
      panels.add(Panels.pack(s.weight(), s.gates, s.h, panels.size()));
    }
    var sums = sumGradients(sequences, gradients);
    int blocks = blocks(sequences.getFirst());
    var biases = gradients.stream().map(g -> new Biases(g, sequences.getFirst(), blocks)).toList();
    float[] fromAbove = HeapFloats.of(dHidden);
    blocks(
        sequences,
        (i, block, number) ->
            block.backward(
                gradients.get(i),
                fromAbove,
                panels.get(i),
                sums.get(i),
                biases.get(i).share(number)));
    for (int i = 0; i < sequences.size(); i++) {
      biases.get(i).addUp();
      addWeightGradient(sequences.get(i), sums.get(i), gradients.get(i).weight());
    }
  }

  private static List<Sequence> sequences(
      Cell cell, List<Pass> passes, Floats hidden, Span span, Size size) {
    var sequences = new ArrayList<Sequence>();
    for (int i = 0; i < passes.size(); i++) {
      sequences.add(new Sequence(cell, passes.get(i), i, passes.size(), hidden, span, size));
    }
    return sequences;
  }

  /// Where the gradients of each pass's recurrent sums go: only where the reset gate stands between
  /// them do they differ from those of the gates.
  private static List<float[]> sumGradients(List<Sequence> sequences, List<Gradients> gradients) {
    var sums = new ArrayList<float[]>();
    for (int i = 0; i < sequences.size(); i++) {
      var s = sequences.get(i);
      sums.add(
          s.cell == Cell.GRU
              ? Scratch.floats(Scratch.Use.SUM_GRADIENTS, i, s.batch * s.steps * s.gates)
              : HeapFloats.of(gradients.get(i).gates()));
    }
    return sums;
  }

  private interface BlockTask {
    /// Runs one block of pass `i`; blocks are numbered alike in all passes.
    void run(int i, RecurrentBlock block, int number);
  }

  private static int blocks(Sequence sequence) {
    return Math.ceilDiv(sequence.batch, blockRows(sequence));
  }

  /// Runs the blocks of all passes, the longest first.
  private static void blocks(List<Sequence> sequences, BlockTask task) {
    var first = sequences.getFirst();
    int[] rows = first.rowsByLength();
    int most = blockRows(first);
    Parallel.run(
        blocks(first) * sequences.size(),
        number -> {
          int i = number % sequences.size();
          int from = number / sequences.size() * most;
          int[] some = Arrays.copyOfRange(rows, from, Math.min(from + most, rows.length));
          task.run(i, new RecurrentBlock(sequences.get(i), some), number / sequences.size());
        });
  }

  /// How many rows walk together: more where the weights do not fit the second cache, because each
  /// step reads them all.
  private static int blockRows(Sequence sequence) {
    long weights = (long) sequence.gates * sequence.h;
    return weights <= 1 << 16 ? Tile.ROWS : weights <= 1 << 18 ? 2 * Tile.ROWS : 4 * Tile.ROWS;
  }

  /// The gradients of the biases, as every block leaves its share of them.
  private record Biases(Gradients gradients, int gates, int blocks, float[] inputs, float @Nullable [] sums) {
    Biases(Gradients gradients, Sequence sequence, int blocks) {
      this(
          gradients,
          sequence.gates,
          blocks,
          new float[blocks * sequence.gates],
          sequence.cell == Cell.GRU ? new float[blocks * sequence.gates] : null);
    }

    RecurrentBlock.BiasShare share(int block) {
      boolean wanted = gradients.inputBias().length() > 0 || gradients.bias().length() > 0;
      return new RecurrentBlock.BiasShare(
          wanted ? inputs : null, wanted ? sums : null, block * gates);
    }

    void addUp() {
      addUp(inputs, gradients.inputBias());
      addUp(sums == null ? inputs : sums, gradients.bias());
    }

    private void addUp(float[] shares, Floats gradient) {
      float[] target = HeapFloats.of(gradient);
      for (int block = 0; block < blocks && target.length > 0; block++) {
        GateLoops.add(shares, block * gates, target, 0, gates);
      }
    }
  }

  /// `dW += Σ du ⊗ h₋` over all real steps: first those whose state came from the step before, then
  /// those that began with `h0`.
  private static void addWeightGradient(Sequence sequence, float[] dSums, Floats dWeight) {
    float[] target = HeapFloats.of(dWeight);
    if (target.length == 0) {
      return;
    }
    int[] steps = new int[sequence.batch * sequence.steps];
    int[] before = new int[steps.length];
    int[] firstSteps = new int[sequence.batch];
    int[] started = new int[sequence.batch];
    int count = 0;
    int starts = 0;
    for (int t = 0; t < sequence.steps; t++) {
      for (int b = 0; b < sequence.batch; b++) {
        int place = sequence.place(b, t);
        if (!sequence.isReal(b, t)) {
          continue;
        }
        if (sequence.isFirst(b, t)) {
          firstSteps[starts] = place;
          started[starts++] = b;
        } else {
          steps[count] = place;
          before[count++] = sequence.row(sequence.before(place));
        }
      }
    }
    int h = sequence.h;
    int gates = sequence.gates;
    var du = Matrix.of(dSums, 0, gates).transpose();
    if (count > 0) {
      var hidden = Matrix.of(sequence.hidden, sequence.column, sequence.width).only(before);
      new BlockedProduct(du.only(steps), hidden, target, 0, gates, count, h, Start.KEPT).run();
    }
    if (starts > 0 && sequence.h0.length > 0) {
      var h0 = Matrix.of(sequence.h0, 0, h).only(started);
      new BlockedProduct(du.only(firstSteps), h0, target, 0, gates, starts, h, Start.KEPT).run();
    }
  }
}
