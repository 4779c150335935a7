package sequor.nn;

import java.util.List;
import sequor.tensor.Tensor;

/// What a layer carries whose state is linear in itself, number by number, and is what it shows.
///
/// @param h (B,H)
public record HiddenState(Tensor h) implements RecurrentState<HiddenState> {
  @Override
  public Tensor output() {
    return h;
  }

  @Override
  public List<Tensor> tensors() {
    return List.of(h);
  }

  @Override
  public HiddenState with(List<Tensor> tensors) {
    return new HiddenState(tensors.getFirst());
  }
}
