package sequor.tasks;

import sequor.SequorException;

/// Says that a task, a job or a model was used in a way that makes no sense: what was expected,
/// what was got, and what to do.
public final class TaskException extends SequorException {
  private static final long serialVersionUID = 1L;

  public TaskException(String message) {
    super(message);
  }

  public TaskException(String message, Throwable cause) {
    super(message, cause);
  }
}
