package sequor.data;

import sequor.SequorException;

/// Says that a file or a data set is not what its reader needs: what, what was found, and what to
/// do about it.
public final class DataException extends SequorException {
  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
