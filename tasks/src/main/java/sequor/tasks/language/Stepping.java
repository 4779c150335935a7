package sequor.tasks.language;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import sequor.models.Ensemble;
import sequor.models.LanguageModel;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// Reads one text through all networks, as far as there is more of it: a token is read once, and
/// what was read before is in the state alone.
final class Stepping {
  private final Ensemble<LanguageModel<?>> network;
  private List<List<Tensor>> states; // of each network
  private long steps;

  /// @param states of each network, after so many steps
  Stepping(Ensemble<LanguageModel<?>> network, List<List<Tensor>> states, long steps) {
    this.network = network;
    this.states = List.copyOf(states);
    this.steps = steps;
  }

  /// Before the first token.
  ///
  /// @param label what the text is conditioned on
  static Stepping begin(Ensemble<LanguageModel<?>> network, int label) {
    var ids = Ids.of(new int[] {label}); // (1)
    var states =
        Tape.inference(
            () ->
                network.all().stream().map(member -> member.initialState(ids).tensors()).toList());
    return new Stepping(network, states, 0);
  }

  /// The logits of the token after these, by each network. // (V) each
  List<Tensor> read(int... ids) {
    return Tape.inference(() -> stepped(ids));
  }

  private List<Tensor> stepped(int[] ids) {
    var logits = new ArrayList<Tensor>();
    var next = new ArrayList<List<Tensor>>();
    for (int m = 0; m < states.size(); m++) {
      var member = network.all().get(m);
      int last = ids.length - 1;
      var read = Ids.of(ids, 1, ids.length);
      var stretch = member.stretch(read, states.get(m), Spans.full(1, ids.length));
      var hidden = stretch.hidden().slice(1, last, last + 1); // (1,1,H)
      logits.add(member.head().forward(hidden).select(1, 0).select(0, 0));
      next.add(stretch.state());
    }
    states = List.copyOf(next);
    steps += ids.length;
    return logits;
  }

  /// The logits of the token after all that was read, by each network. // (V) each
  List<Tensor> next() {
    var now = states;
    return Tape.inference(
        () ->
            IntStream.range(0, now.size())
                .mapToObj(m -> network.all().get(m).next(now.get(m)).select(0, 0))
                .toList());
  }

  /// How many tokens it has read.
  long steps() {
    return steps;
  }

  List<List<Tensor>> states() {
    return states;
  }
}
