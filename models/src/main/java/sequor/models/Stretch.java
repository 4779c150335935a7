package sequor.models;

import java.util.List;
import sequor.tensor.Tensor;

/// What some steps of a longer sequence came to.
///
/// @param hidden (B,T,H)
/// @param state where the next steps go on, tensor by tensor
public record Stretch(Tensor hidden, List<Tensor> state) {
  public Stretch {
    state = List.copyOf(state);
  }
}
