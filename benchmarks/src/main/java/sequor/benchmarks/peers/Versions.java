package sequor.benchmarks.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/// The versions that the build put together.
public final class Versions {
  private Versions() {}

  /// The version of `sequor`, `pytorch`, `djl` or `deeplearning4j`.
  public static String of(String name) {
    var versions = new Properties();
    try (var in = Versions.class.getResourceAsStream("versions.properties")) {
      versions.load(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Objects.requireNonNull(versions.getProperty(name), name);
  }
}
