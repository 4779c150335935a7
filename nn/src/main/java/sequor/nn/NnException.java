package sequor.nn;

import sequor.SequorException;

/// A layer or a loss was set up or used in a way that makes no sense; the message says what was
/// expected, what was found and what to do.
public final class NnException extends SequorException {
  private static final long serialVersionUID = 1L;

  public NnException(String message) {
    super(message);
  }
}
