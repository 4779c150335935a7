package sequor.json;

import sequor.SequorException;

/// Says that a text is not JSON, or that a value is not what its reader needs: the place, what was
/// expected, what was found, and what to do about it.
public final class JsonException extends SequorException {
  private static final long serialVersionUID = 1L;

  JsonException(Object place, String expected, String got, String advice) {
    super("%s: expected %s, got %s; %s".formatted(place, expected, got, advice));
  }
}
