package sequor.nn;

import sequor.tensor.Tensor;

/// In training, zeroes each number with probability `p` and scales the rest by `1/(1−p)`
/// (Srivastava et al. 2014); does nothing otherwise.
///
/// @param p from 0 to less than 1
public record Dropout(float p) implements Layer {
  public Dropout {
    if (!(p >= 0 && p < 1)) {
      throw new NnException("dropout: p must be at least 0 and less than 1, got %s".formatted(p));
    }
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.dropout(p);
  }

  @Override
  public Parts parts() {
    return Parts.none();
  }
}
