package sequor.models;

import sequor.SequorException;

/// Says that a network was put together, or used, in a way that makes no sense: what was expected,
/// what was got, and what to do.
public final class ModelException extends SequorException {
  private static final long serialVersionUID = 1L;

  ModelException(String message) {
    super(message);
  }
}
