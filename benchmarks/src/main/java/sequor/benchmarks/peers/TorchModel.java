package sequor.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.PackedSequence;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import sequor.speed.Draw;
import sequor.speed.Workload;
import sequor.speed.Workload.Cell;

/// The model of a workload on libtorch's own functions: what `nn.Embedding`, `nn.LSTM` and
/// `nn.Linear` call, without what they add.
final class TorchModel {
  private final Workload workload;
  private final Tensor embedding; // (V,D)
  private final List<Tensor> recurrent = new ArrayList<>();
  private final TensorVector recurrentVector;
  private final Tensor head; // (C,H)
  private final Tensor headBias; // (C)

  TorchModel(Workload workload, Draw draw) {
    var sizes = workload.sizes();
    int width = sizes.hidden() * (workload.bidirectional() ? 2 : 1);
    this.workload = workload;
    embedding = leaf(draw, sizes.vocabulary(), sizes.embed());
    int rows = sizes.hidden() * gates(workload.cell());
    for (int direction = 0; direction < directions(); direction++) {
      recurrent.add(leaf(draw, rows, sizes.embed()));
      recurrent.add(leaf(draw, rows, sizes.hidden()));
      recurrent.add(leaf(draw, rows));
      recurrent.add(leaf(draw, rows));
    }
    recurrentVector = new TensorVector(recurrent.toArray(Tensor[]::new));
    head = leaf(draw, sizes.classes(), width);
    headBias = leaf(draw, sizes.classes());
  }

  private static int gates(Cell cell) {
    return switch (cell) {
      case RNN -> 1;
      case GRU -> 3;
      case LSTM -> 4;
    };
  }

  private int directions() {
    return workload.bidirectional() ? 2 : 1;
  }

  private static Tensor leaf(Draw draw, long... shape) {
    return TorchTensors.leaf(draw::weights, shape);
  }

  TensorVector parameters() {
    var all = new ArrayList<Tensor>(recurrent);
    all.add(embedding);
    all.add(head);
    all.add(headBias);
    return new TensorVector(all.toArray(Tensor[]::new));
  }

  /// The scores of `ids` (B,T): (B,C), or (B·T,C) at every step.
  Tensor forward(Tensor ids) {
    var x = torch.embedding(embedding, ids); // (B,T,D)
    return scores(workload.stepByStep() ? ownLoop(x) : read(x));
  }

  /// The scores (B,C) after the last real step of each row.
  Tensor forward(Tensor ids, Tensor lengths) {
    var x = torch.embedding(embedding, ids); // (B,T,D)
    return scores(readPacked(torch.pack_padded_sequence(x, lengths, true, false)));
  }

  private Tensor scores(Tensor shown) {
    return torch.linear(shown, head, new TensorOptional(headBias));
  }

  private Tensor read(Tensor x) {
    boolean both = workload.bidirectional();
    boolean train = x.requires_grad();
    var h0 = zeros(x.size(0));
    return switch (workload.cell()) {
      case RNN -> {
        var y = torch.rnn_tanh(x, h0, recurrentVector, true, 1, 0, train, both, true);
        yield shown(y.get0(), y.get1());
      }
      case GRU -> {
        var y = torch.gru(x, h0, recurrentVector, true, 1, 0, train, both, true);
        yield shown(y.get0(), y.get1());
      }
      case LSTM -> {
        var start = new TensorVector(h0, h0);
        var y = torch.lstm(x, start, recurrentVector, true, 1, 0, train, both, true);
        yield shown(y.get0(), y.get1());
      }
    };
  }

  private Tensor readPacked(PackedSequence packed) {
    if (workload.cell() != Cell.LSTM || workload.everyStep()) {
      throw new Contestant.Unable("only an LSTM's last states are written here for packed rows");
    }
    var data = packed.data();
    var h0 = zeros(packed.sorted_indices().size(0));
    var y =
        torch.lstm(
            data,
            packed.batch_sizes(),
            new TensorVector(h0, h0),
            recurrentVector,
            true,
            1,
            0,
            true,
            workload.bidirectional());
    return joined(y.get1().index_select(1, packed.unsorted_indices()));
  }

  /// The initial state, (directions,B,H).
  private Tensor zeros(long batch) {
    return torch.zeros(directions(), batch, workload.sizes().hidden());
  }

  private Tensor shown(Tensor hidden, Tensor last) {
    return workload.everyStep() ? hidden.reshape(-1, hidden.size(2)) : joined(last); // (B·T,H)
  }

  /// The last states (directions,B,H) beside each other, (B,directions·H).
  private Tensor joined(Tensor last) {
    return workload.bidirectional()
        ? torch.cat(new TensorVector(last.select(0, 0), last.select(0, 1)), 1)
        : last.select(0, 0);
  }

  private Tensor ownLoop(Tensor x) {
    if (workload.cell() != Cell.RNN || workload.everyStep()) {
      throw new Contestant.Unable("only the Elman cell's last state is written here as a loop");
    }
    var bias = new TensorOptional(recurrent.get(2));
    var recurrentBias = new TensorOptional(recurrent.get(3));
    var h = torch.zeros(x.size(0), workload.sizes().hidden());
    var steps = x.unbind(1);
    for (long t = 0; t < steps.size(); t++) {
      h =
          torch.rnn_tanh_cell(
              steps.get(t), h, recurrent.get(0), recurrent.get(1), bias, recurrentBias); // (B,H)
    }
    return h;
  }
}
