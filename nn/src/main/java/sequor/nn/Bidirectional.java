package sequor.nn;

import java.util.ArrayList;
import java.util.List;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// Two layers that read the same sequence, one from each end (Schuster and Paliwal 1997); their
/// outputs are concatenated: (B,T,D) → (B,T,2H).
///
/// @param <S> the state of one direction
public final class Bidirectional<S extends RecurrentState<S>>
    implements Recurrent<Bidirectional.State<S>> {

  /// @param forward of the layer that reads from the start
  /// @param backward of the layer that reads from the end
  public record State<S extends RecurrentState<S>>(S forward, S backward)
      implements RecurrentState<State<S>> {

    @Override
    public Tensor output() {
      return Tensor.concat(-1, List.of(forward.output(), backward.output())); // (B,2H)
    }

    @Override
    public List<Tensor> tensors() {
      var tensors = new ArrayList<>(forward.tensors());
      tensors.addAll(backward.tensors());
      return tensors;
    }

    @Override
    public State<S> with(List<Tensor> tensors) {
      int first = forward.tensors().size();
      return new State<>(
          forward.with(tensors.subList(0, first)),
          backward.with(tensors.subList(first, tensors.size())));
    }
  }

  private final Recurrent<S> forward;
  private final Recurrent<S> backward;

  /// Two layers of one kind and size with parameters of their own, both given as reading forward.
  public Bidirectional(Recurrent<S> forward, Recurrent<S> backward) {
    this.forward = forward;
    this.backward = backward.reversed();
  }

  @Override
  public Output<State<S>> forward(Tensor x, State<S> initial, Spans spans) {
    var pair = Fused.Pair.of(forward, backward);
    if (pair.isPresent()) {
      return pair.get().forward(x, initial, spans); // (B,T,2H)
    }
    var left = forward.forward(x, initial.forward(), spans); // (B,T,H)
    var right = backward.forward(x, initial.backward(), spans); // (B,T,H)
    var hidden = Tensor.concat(-1, List.of(left.hidden(), right.hidden())); // (B,T,2H)
    return new Output<>(hidden, new State<>(left.last(), right.last()));
  }

  @Override
  public State<S> last(Tensor x, State<S> initial, Spans spans) {
    return Fused.Pair.of(forward, backward)
        .map(pair -> pair.last(x, initial, spans))
        .orElseGet(() -> forward(x, initial, spans).last());
  }

  @Override
  public State<S> zeroState(int batch) {
    return new State<>(forward.zeroState(batch), backward.zeroState(batch));
  }

  @Override
  public int hiddenSize() {
    return forward.hiddenSize() + backward.hiddenSize();
  }

  @Override
  public Bidirectional<S> reversed() {
    return new Bidirectional<>(forward.reversed(), backward);
  }

  @Override
  public Parts parts(String suffix) {
    return forward.parts(suffix).and(backward.parts(suffix + "_reverse"));
  }
}
