package sequor;

/// Everything that Sequor throws on purpose is one of these: something was used in a way that makes
/// no sense, or a file does not hold what it should. The message says what was expected, what was
/// found and what to do.
///
/// Each room has a kind of its own. Anything else that comes out of Sequor, such as a
/// [NullPointerException], is a fault in it.
public abstract class SequorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  protected SequorException(String message) {
    super(message);
  }

  protected SequorException(String message, Throwable cause) {
    super(message, cause);
  }
}
