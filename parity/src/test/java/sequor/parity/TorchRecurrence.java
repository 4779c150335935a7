package sequor.parity;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.PackedSequence;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import sequor.tensor.Ids;
import sequor.tensor.Spans;

/// libtorch's recurrent layers, run on leaves that bear our names: the parameters, the input `x`
/// (B,T,D), and one `state00`, `state01`, … for each tensor of our initial state.
enum TorchRecurrence {
  RNN_TANH,
  RNN_RELU,
  LSTM,
  GRU;

  /// @param spans of rows that begin at the first step
  record Sequence(int layers, boolean bothWays, Spans spans) {
    boolean whole() {
      return spans.mask().toArray().length == spans.mask().sum().item();
    }

    int[] lengths() {
      int[] lengths = new int[spans.batch()];
      for (int row = 0; row < lengths.length; row++) {
        lengths[row] = spans.length(row);
      }
      return lengths;
    }
  }

  private record Result(Tensor hidden, List<Tensor> last) {}

  /// The hidden states (B,T,H), then the last states in our order.
  List<Tensor> run(Torch.Leaves leaves, Sequence sequence) {
    var result = sequence.whole() ? runWhole(leaves, sequence) : runPacked(leaves, sequence);
    var results = new ArrayList<>(List.of(result.hidden));
    int places = sequence.layers * (sequence.bothWays ? 2 : 1);
    for (int place = 0; place < places; place++) {
      for (var last : result.last) {
        results.add(last.select(0, place));
      }
    }
    return results;
  }

  private Result runWhole(Torch.Leaves leaves, Sequence s) {
    var x = leaves.get("x");
    var weights = leaves.startingWith("weight", "bias");
    var initial = initial(leaves);
    if (this == LSTM) {
      var h0c0 = new TensorVector(initial.get(0), initial.get(1));
      var y = torch.lstm(x, h0c0, weights, true, s.layers, 0, true, s.bothWays, true);
      return new Result(y.get0(), List.of(y.get1(), y.get2()));
    }
    var h0 = initial.getFirst();
    var y =
        switch (this) {
          case RNN_TANH ->
              torch.rnn_tanh(x, h0, weights, true, s.layers, 0, true, s.bothWays, true);
          case RNN_RELU ->
              torch.rnn_relu(x, h0, weights, true, s.layers, 0, true, s.bothWays, true);
          default -> torch.gru(x, h0, weights, true, s.layers, 0, true, s.bothWays, true);
        };
    return new Result(y.get0(), List.of(y.get1()));
  }

  /// Packs the rows longest first, as `pack_padded_sequence(…, enforce_sorted=False)` and the
  /// layers of PyTorch do for their users, and puts what comes out in the old order.
  private Result runPacked(Torch.Leaves leaves, Sequence s) {
    var lengths = Torch.of(Ids.of(s.lengths()));
    var packed = torch.pack_padded_sequence(leaves.get("x"), lengths, true, false);
    var weights = leaves.startingWith("weight", "bias");
    var initial =
        initial(leaves).stream().map(t -> t.index_select(1, packed.sorted_indices())).toList();
    var data = packed.data();
    var sizes = packed.batch_sizes();
    if (this == LSTM) {
      var h0c0 = new TensorVector(initial.get(0), initial.get(1));
      var y = torch.lstm(data, sizes, h0c0, weights, true, s.layers, 0, true, s.bothWays);
      return unpacked(packed, s, y.get0(), List.of(y.get1(), y.get2()));
    }
    var h0 = initial.getFirst();
    var y =
        switch (this) {
          case RNN_TANH ->
              torch.rnn_tanh(data, sizes, h0, weights, true, s.layers, 0, true, s.bothWays);
          case RNN_RELU ->
              torch.rnn_relu(data, sizes, h0, weights, true, s.layers, 0, true, s.bothWays);
          default -> torch.gru(data, sizes, h0, weights, true, s.layers, 0, true, s.bothWays);
        };
    return unpacked(packed, s, y.get0(), List.of(y.get1()));
  }

  private static Result unpacked(
      PackedSequence packed, Sequence s, Tensor hidden, List<Tensor> last) {
    var rows =
        new PackedSequence(
            hidden, packed.batch_sizes(), packed.sorted_indices(), packed.unsorted_indices());
    var padded = torch.pad_packed_sequence(rows, true, 0, new LongOptional(s.spans.steps()));
    return new Result(
        padded.get0(),
        last.stream().map(t -> t.index_select(1, packed.unsorted_indices())).toList());
  }

  /// `h0`, and `c0` of an LSTM, each (layers · directions,B,H).
  private List<Tensor> initial(Torch.Leaves leaves) {
    int kinds = this == LSTM ? 2 : 1;
    var states = leaves.startingWith("state");
    var initial = new ArrayList<Tensor>();
    for (int kind = 0; kind < kinds; kind++) {
      var places = new TensorVector();
      for (int i = kind; i < states.size(); i += kinds) {
        places.push_back(states.get(i));
      }
      initial.add(torch.stack(places, 0));
    }
    return initial;
  }
}
