package sequor.recipes;

import sequor.SequorException;

/// A recipe, its data or a run is not what it should be; the message says where, what was expected,
/// what was found and what to do.
public final class RecipeException extends SequorException {
  private static final long serialVersionUID = 1L;

  public RecipeException(String message) {
    super(message);
  }

  public RecipeException(String message, Throwable cause) {
    super(message, cause);
  }
}
