package sequor.cli;

import picocli.CommandLine.IVersionProvider;

/// What `--version` prints.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    var version = Main.class.getModule().getDescriptor();
    String number = version == null ? "development" : version.rawVersion().orElse("development");
    return new String[] {"sequor " + number};
  }
}
