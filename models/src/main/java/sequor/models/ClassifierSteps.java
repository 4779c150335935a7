package sequor.models;

import java.util.ArrayList;
import java.util.List;
import sequor.nn.Layer;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// A classifier that reads a sequence of ids or vectors as it comes and can say at any step which
/// class it belongs to so far: what the whole of these steps would get.
public final class ClassifierSteps {
  private final RecurrentEncoder encoder;
  private final Pooling pooling;
  private final Layer head;

  ClassifierSteps(RecurrentEncoder encoder, Pooling pooling, Layer head) {
    this.encoder = encoder;
    this.pooling = pooling;
    this.head = head;
  }

  /// What was read so far, which is all that is kept of it.
  ///
  /// @param state of the recurrent layers, and behind it, where it is pooled, the sum and the
  ///   largest of the hidden states (1,H)
  public record SoFar(List<Tensor> state, long steps) {
    public SoFar {
      state = List.copyOf(state);
    }
  }

  /// Before the first step.
  public SoFar begin() {
    return new SoFar(List.of(), 0);
  }

  /// Reads one more id or some.
  public SoFar read(SoFar before, int... ids) {
    if (ids.length == 0) {
      return before;
    }
    return read(
        before, Inputs.of(Inputs.TEXT, Ids.of(ids, 1, ids.length), Spans.full(1, ids.length)));
  }

  /// Reads some more steps.
  ///
  /// @param inputs of one sequence, one step or more, all of which are real
  public SoFar read(SoFar before, Inputs inputs) {
    int pooled = before.state.isEmpty() ? 0 : before.state.size() - pools();
    var stretch = encoder.stretch(inputs, before.state.subList(0, pooled));
    var next = new ArrayList<>(stretch.state());
    if (pools() > 0) {
      var sum = stretch.hidden().sum(1); // (1,H)
      var largest = stretch.hidden().max(1);
      next.add(before.steps == 0 ? sum : before.state.get(pooled).plus(sum));
      next.add(before.steps == 0 ? largest : larger(before.state.get(pooled + 1), largest));
    }
    return new SoFar(next, before.steps + inputs.spans(Inputs.TEXT).length(0));
  }

  private static Tensor larger(Tensor a, Tensor b) {
    return Tensor.concat(0, List.of(a, b)).max(0).reshape(1, a.dim(1)); // (1,H)
  }

  private int pools() {
    return pooling == Pooling.LAST || pooling == Pooling.LAST_OF_LAYERS ? 0 : 2;
  }

  /// The logits of each class for what was read so far. // (1,C)
  public Tensor logits(SoFar soFar) {
    if (soFar.steps == 0) {
      return head.forward(Tensor.zeros(1, pooling.width(encoder)));
    }
    int pooled = soFar.state.size() - pools();
    return head.forward(
        switch (pooling) {
          case LAST -> encoder.output(soFar.state);
          case LAST_OF_LAYERS -> encoder.outputs(soFar.state);
          case MEAN -> mean(soFar, pooled);
          case MAX -> soFar.state.get(pooled + 1);
          case ALL ->
              Tensor.concat(
                  -1,
                  List.of(
                      encoder.output(soFar.state.subList(0, pooled)),
                      mean(soFar, pooled),
                      soFar.state.get(pooled + 1)));
          case ATTENTION -> throw new IllegalStateException("refused before: " + pooling);
        });
  }

  private static Tensor mean(SoFar soFar, int pooled) {
    return soFar.state.get(pooled).times(1f / soFar.steps);
  }
}
