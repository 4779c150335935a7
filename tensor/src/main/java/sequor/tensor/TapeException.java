package sequor.tensor;

import sequor.SequorException;

/// A tape, or a tensor that belongs to one, was used at the wrong time or on the wrong thread:
/// after the tape closed, a second time, while its numbers had been changed in place. The message
/// says what was expected, what was found and what to do.
public final class TapeException extends SequorException {
  private static final long serialVersionUID = 1L;

  public TapeException(String message) {
    super(message);
  }
}
