package sequor.kernels;

import sequor.SequorException;

/// Kernels that cannot run here were asked for, or kernels were given what they cannot work with;
/// the message says what was expected, what was found and what to do.
public final class KernelsException extends SequorException {
  private static final long serialVersionUID = 1L;

  public KernelsException(String message) {
    super(message);
  }

  public KernelsException(String message, Throwable cause) {
    super(message, cause);
  }
}
