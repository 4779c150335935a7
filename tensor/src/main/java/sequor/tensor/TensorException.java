package sequor.tensor;

import sequor.SequorException;

/// A tensor, an op or a tape was used in a way that makes no sense; the message says what was
/// expected, what was found and what to do.
public final class TensorException extends SequorException {
  private static final long serialVersionUID = 1L;

  public TensorException(String message) {
    super(message);
  }
}
