package sequor.store;

import sequor.SequorException;

/// Says that a file is damaged, is not what its reader needs, or could not be read or written: the
/// file, what was expected, what was found, and what to do about it.
public final class StoreException extends SequorException {
  private static final long serialVersionUID = 1L;

  StoreException(Object place, String expected, Object got, String advice) {
    super("%s: expected %s, got %s; %s".formatted(place, expected, got, advice));
  }

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
