package sequor.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.recurrent.RNN;
import java.util.ArrayList;
import java.util.List;
import sequor.speed.Draw;
import sequor.speed.Workload;
import sequor.speed.Workload.Cell;

/// The model of a workload on libtorch's own functions, as far as DJL hands them on: below its
/// blocks, which would copy and reshape around each call.
final class MklModel {
  private final Workload workload;
  private final NDArray embedding; // (V,D)
  private final NDList recurrent = new NDList();
  private final NDArray zeros; // (directions,B,H)
  private final NDArray head; // (C,H)
  private final NDArray headBias; // (C)

  MklModel(Workload workload, Draw draw, NDManager memory, boolean gradients) {
    var sizes = workload.sizes();
    int width = sizes.hidden() * (workload.bidirectional() ? 2 : 1);
    this.workload = workload;
    embedding = leaf(draw, memory, gradients, sizes.vocabulary(), sizes.embed());
    int rows =
        sizes.hidden()
            * switch (workload.cell()) {
              case RNN -> 1;
              case GRU -> 3;
              case LSTM -> 4;
            };
    for (int direction = 0; direction < directions(); direction++) {
      recurrent.add(leaf(draw, memory, gradients, rows, sizes.embed()));
      recurrent.add(leaf(draw, memory, gradients, rows, sizes.hidden()));
      recurrent.add(leaf(draw, memory, gradients, rows));
      recurrent.add(leaf(draw, memory, gradients, rows));
    }
    zeros = memory.zeros(new Shape(directions(), sizes.batch(), sizes.hidden()));
    head = leaf(draw, memory, gradients, sizes.classes(), width);
    headBias = leaf(draw, memory, gradients, sizes.classes());
  }

  private int directions() {
    return workload.bidirectional() ? 2 : 1;
  }

  private static NDArray leaf(Draw draw, NDManager memory, boolean gradients, long... shape) {
    var dims = new Shape(shape);
    var array = memory.create(draw.weights(Math.toIntExact(dims.size())), dims);
    array.setRequiresGradient(gradients);
    return array;
  }

  List<NDArray> parameters() {
    var all = new ArrayList<NDArray>(recurrent);
    all.addAll(List.of(embedding, head, headBias));
    return all;
  }

  /// The scores of `ids` (B,T): (B,C), or (B·T,C) at every step.
  NDArray forward(NDArray ids) {
    var x =
        ids.getNDArrayInternal().embedding(ids, embedding, SparseFormat.DENSE).get(0); // (B,T,D)
    var shown = workload.stepByStep() ? ownLoop(x) : read(x);
    return shown.getNDArrayInternal().linear(shown, head, headBias).get(0);
  }

  private NDArray read(NDArray x) {
    var functions = x.getNDArrayInternal();
    boolean both = workload.bidirectional();
    boolean train = embedding.hasGradient();
    var y =
        switch (workload.cell()) {
          case RNN ->
              functions.rnn(
                  x, zeros, recurrent, true, 1, RNN.Activation.TANH, 0, train, both, true);
          case GRU -> functions.gru(x, zeros, recurrent, true, 1, 0, train, both, true);
          case LSTM ->
              functions.lstm(x, new NDList(zeros, zeros), recurrent, true, 1, 0, train, both, true);
        };
    if (workload.everyStep()) {
      var hidden = y.get(0);
      return hidden.reshape(-1, hidden.getShape().get(2)); // (B·T,H)
    }
    var last = y.get(1); // (directions,B,H)
    return both ? last.get(0).concat(last.get(1), 1) : last.get(0);
  }

  /// DJL hands no cell on, so this is the cell written out.
  private NDArray ownLoop(NDArray x) {
    if (workload.cell() != Cell.RNN || workload.everyStep()) {
      throw new Contestant.Unable("only the Elman cell's last state is written here as a loop");
    }
    var h = zeros.get(0);
    for (var step : x.split(x.getShape().get(1), 1)) { // (B,1,D)
      var functions = h.getNDArrayInternal();
      var seen = functions.linear(step.squeeze(1), recurrent.get(0), recurrent.get(2)).get(0);
      var kept = functions.linear(h, recurrent.get(1), recurrent.get(3)).get(0);
      h = seen.addi(kept).tanh(); // (B,H)
    }
    return h;
  }
}
