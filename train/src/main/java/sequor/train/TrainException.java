package sequor.train;

import sequor.SequorException;

/// Training was set up wrongly, came to numbers that are not finite, or cannot be resumed; the
/// message says what was expected, what was found and what to do.
public final class TrainException extends SequorException {
  private static final long serialVersionUID = 1L;

  public TrainException(String message) {
    super(message);
  }

  public TrainException(String message, Throwable cause) {
    super(message, cause);
  }
}
