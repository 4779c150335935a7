package sequor.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/// Standard output, which remembers why something could not be written: a writer above it says no
/// more than that.
final class Results extends FilterOutputStream {
  private Optional<IOException> failure = Optional.empty();

  Results(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    try {
      out.write(bytes, from, count);
    } catch (IOException e) {
      failure = Optional.of(failure.orElse(e));
      throw e;
    }
  }

  /// Why results are missing, if they are. A reader that has seen enough and went, as `head` does,
  /// misses nothing.
  Optional<String> missing() {
    return failure
        .map(e -> String.valueOf(e.getMessage()))
        .filter(reason -> !reason.toLowerCase(Locale.ROOT).contains("pipe"));
  }
}
