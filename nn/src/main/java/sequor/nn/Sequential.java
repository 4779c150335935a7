package sequor.nn;

import java.util.List;
import sequor.tensor.Tensor;

/// Layers one after the other; their names are `0`, `1`, `2`, …
///
/// @param layers first to last
public record Sequential(List<Layer> layers) implements Layer {
  public Sequential {
    layers = List.copyOf(layers);
  }

  public static Sequential of(Layer... layers) {
    return new Sequential(List.of(layers));
  }

  @Override
  public Tensor forward(Tensor x) {
    for (var layer : layers) {
      x = layer.forward(x);
    }
    return x;
  }

  @Override
  public Parts parts() {
    return Parts.numbered(layers);
  }
}
