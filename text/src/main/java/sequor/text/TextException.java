package sequor.text;

import sequor.SequorException;

/// Says that a text, a vocabulary or a batch is not what its reader needs: what, what was found,
/// and what to do about it.
public final class TextException extends SequorException {
  private static final long serialVersionUID = 1L;

  public TextException(String message) {
    super(message);
  }

  public TextException(String message, Throwable cause) {
    super(message, cause);
  }
}
