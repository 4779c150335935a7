package sequor.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/// What `--version` prints.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"sequor " + number().orElse("development")};
  }

  /// On the module path it stands in the descriptor, on the class path in the jar's manifest.
  private static Optional<String> number() {
    var descriptor = Main.class.getModule().getDescriptor();
    return descriptor == null
        ? Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
        : descriptor.rawVersion();
  }
}
