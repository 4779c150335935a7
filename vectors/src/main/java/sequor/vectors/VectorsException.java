package sequor.vectors;

import sequor.SequorException;

/// Says that a file of word vectors does not hold what it should, or that vectors are not what a
/// file can hold: what, what was found, and what to do about it.
public final class VectorsException extends SequorException {
  private static final long serialVersionUID = 1L;

  public VectorsException(String message) {
    super(message);
  }

  public VectorsException(String message, Throwable cause) {
    super(message, cause);
  }
}
