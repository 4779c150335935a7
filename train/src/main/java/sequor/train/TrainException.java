package sequor.train;

/// Training was set up wrongly, came to numbers that are not finite, or cannot be resumed; the
/// message says what was expected, what was found and what to do.
public final class TrainException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public TrainException(String message) {
    super(message);
  }

  public TrainException(String message, Throwable cause) {
    super(message, cause);
  }
}
