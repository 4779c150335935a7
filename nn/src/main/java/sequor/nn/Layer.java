package sequor.nn;

import sequor.tensor.Tensor;

/// A module that makes one tensor of one tensor, so that it can stand in a [Sequential].
public interface Layer extends NnModule {
  Tensor forward(Tensor x);
}
