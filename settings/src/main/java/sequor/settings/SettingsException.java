package sequor.settings;

import sequor.SequorException;

/// A setting that there is not, or that may not be what somebody wrote: the place, what was
/// expected, what was got, and what to do.
public class SettingsException extends SequorException {
  private static final long serialVersionUID = 1L;

  public SettingsException(String message) {
    super(message);
  }

  public SettingsException(String message, Throwable cause) {
    super(message, cause);
  }
}
