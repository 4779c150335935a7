package sequor.kernels.vector.recurrences;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.Parallel;
import sequor.kernels.Recurrences;
import sequor.kernels.vector.products.Panels;
import sequor.kernels.vector.products.Tile;
import sequor.kernels.vector.rows.RowLoops;
import sequor.kernels.vector.simd.Scratch;

/// Recurrent layers over a whole sequence.
///
/// The weights are packed once. The rows of the batch, longest first, are cut into blocks that
/// never wait for each other: each walks through all steps, multiplies the input and the state of
/// its real rows with the weights, and applies the gates ([CellStep]). The weights' gradients are
/// products over all real steps at the end ([SequenceGradients]); the biases' are added up by each
/// block and then over the blocks in order.
public final class VectorRecurrences implements Recurrences {
  @Override
  public void forward(
      Cell cell, Input input, List<Pass> passes, Floats hidden, Span span, Size size) {
    if (size.batch() == 0 || size.hidden() == 0) {
      return;
    }
    var sequences = sequences(cell, input, passes, hidden, span, size);
    try (var scratch = Scratch.borrow()) {
      forward(sequences, passes, scratch);
    }
  }

  private static void forward(List<Sequence> sequences, List<Pass> passes, Scratch scratch) {
    var projections = new ArrayList<InputProjection>();
    var panels = new ArrayList<Panels>();
    for (var s : sequences) {
      int piece = panels.size();
      projections.add(InputProjection.room(scratch, s, piece));
      panels.add(Panels.room(scratch, s.h, s.inputSums(), Scratch.Use.WEIGHT, piece));
    }
    Parallel.run(
        sequences.size(),
        i -> {
          projections.get(i).fill();
          panels.get(i).fill(sequences.get(i).hiddenColumns());
        });
    blocks(
        sequences,
        (i, block, number) ->
            block.forward(projections.get(i), panels.get(i), passes.get(i).last()));
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
    if (size.batch() == 0 || size.hidden() == 0) {
      return;
    }
    var sequences = sequences(cell, input, passes, outputs.hidden(), span, size);
    try (var scratch = Scratch.borrow()) {
      backward(sequences, input, outputs, dInput, gradients, scratch);
    }
  }

  private static void backward(
      List<Sequence> sequences,
      Input input,
      Outputs outputs,
      Floats dInput,
      List<Gradients> gradients,
      Scratch scratch) {
    var panels = new ArrayList<Panels>();
    var gates = new ArrayList<SequenceGradients>();
    var biases = new ArrayList<Biases>();
    for (var s : sequences) {
      int piece = panels.size();
      panels.add(Panels.room(scratch, s.gates, s.h, Scratch.Use.WEIGHT, piece));
      gates.add(SequenceGradients.of(scratch, s, piece));
      biases.add(new Biases(gradients.get(piece).weights(), s, blocks(s)));
    }
    Parallel.run(sequences.size(), i -> panels.get(i).fill(sequences.get(i).hiddenWeight()));
    float[] fromAbove = HeapFloats.of(outputs.gradient());
    blocks(
        sequences,
        (i, block, number) ->
            block.backward(
                gradients.get(i),
                fromAbove,
                panels.get(i),
                gates.get(i).dGates(),
                gates.get(i).dSums(),
                biases.get(i).share(number)));
    for (int i = 0; i < sequences.size(); i++) {
      biases.get(i).addUp();
      gates.get(i).addTo(gradients.get(i).weights(), dInput, input.paddingRow());
    }
  }

  private static List<Sequence> sequences(
      Cell cell, Input input, List<Pass> passes, Floats hidden, Span span, Size size) {
    var sequences = new ArrayList<Sequence>();
    int n = passes.size();
    for (int i = 0; i < n; i++) {
      sequences.add(new Sequence(cell, input, passes.get(i), i, n, hidden, span, size));
    }
    return sequences;
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
          try (var scratch = Scratch.borrow()) {
            var block = new RecurrentBlock(sequences.get(i), scratch, some);
            task.run(i, block, number / sequences.size());
          }
        });
  }

  /// How many rows walk together: more where the weights do not fit the second cache, because each
  /// step reads them all.
  private static int blockRows(Sequence sequence) {
    long weights = (long) sequence.gates * sequence.h;
    return weights <= 1 << 16 ? Tile.ROWS : weights <= 1 << 18 ? 2 * Tile.ROWS : 4 * Tile.ROWS;
  }

  /// The gradients of the biases, as every block leaves its share of them: first the sums of the
  /// last steps of each, then those of all steps.
  private record Biases(
      Weights gradients, int gates, int blocks, float[] inputs, float @Nullable [] sums) {
    Biases(Weights gradients, Sequence sequence, int blocks) {
      this(
          gradients,
          sequence.gates,
          blocks,
          new float[2 * blocks * sequence.gates],
          sequence.cell == Cell.GRU ? new float[2 * blocks * sequence.gates] : null);
    }

    RecurrentBlock.BiasShare share(int block) {
      boolean required = gradients.inputBias().length() > 0 || gradients.hiddenBias().length() > 0;
      return new RecurrentBlock.BiasShare(
          required ? inputs : null,
          required ? sums : null,
          block * gates,
          (blocks + block) * gates);
    }

    void addUp() {
      addUp(inputs, gradients.inputBias());
      addUp(sums == null ? inputs : sums, gradients.hiddenBias());
    }

    private void addUp(float[] shares, Floats gradient) {
      float[] target = HeapFloats.of(gradient);
      for (int block = 0; block < blocks && target.length > 0; block++) {
        RowLoops.add(shares, (blocks + block) * gates, target, 0, gates);
      }
    }
  }
}
