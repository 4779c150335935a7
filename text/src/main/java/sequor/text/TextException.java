package sequor.text;

/// Says that a text, a table or a data set is not what its reader needs: what, what was found, and
/// what to do about it.
public final class TextException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TextException(String message) {
    super(message);
  }

  TextException(String message, Throwable cause) {
    super(message, cause);
  }
}
