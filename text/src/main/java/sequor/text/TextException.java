package sequor.text;

import sequor.SequorException;

/// Says that a text, a table or a data set is not what its reader needs: what, what was found, and
/// what to do about it.
public final class TextException extends SequorException {
  private static final long serialVersionUID = 1L;

  TextException(String message) {
    super(message);
  }

  TextException(String message, Throwable cause) {
    super(message, cause);
  }
}
