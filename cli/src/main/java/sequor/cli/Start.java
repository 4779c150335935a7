package sequor.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/// How this Java was started.
///
/// @param modules whether Sequor is on the module path, and not on the class path
/// @param archive the file that classes were to come from, if one was given
/// @param shared whether any classes came from a file of that kind
/// @param obstacle what the launcher says keeps it from giving one
record Start(boolean modules, Optional<String> archive, boolean shared, Optional<String> obstacle) {
  private static final String ARCHIVE = "-XX:SharedArchiveFile=";
  private static final String OBSTACLE = "sequor.no-archive"; // set by bin/sequor
  private static final String BEING_MADE = "being made";

  static Start here() {
    var arguments = ManagementFactory.getRuntimeMXBean().getInputArguments();
    return new Start(
        Start.class.getModule().isNamed(),
        arguments.stream()
            .filter(argument -> argument.startsWith(ARCHIVE))
            .map(argument -> argument.substring(ARCHIVE.length()))
            .reduce((first, last) -> last),
        System.getProperty("java.vm.info", "").contains("sharing"),
        Optional.ofNullable(System.getProperty(OBSTACLE)));
  }

  /// Whether this Java was started with `-XX:+UseCompactObjectHeaders`.
  static boolean compactHeaders() {
    var flags = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      return Boolean.parseBoolean(flags.getVMOption("UseCompactObjectHeaders").getValue());
    } catch (IllegalArgumentException e) { // no such flag
      return false;
    }
  }

  /// What a person is told.
  String found() {
    String path = modules ? "module path" : "class path";
    if (archive.isPresent()) {
      return path
          + (shared ? ", classes from " : ", classes from the jars instead of ")
          + archive.get();
    }
    return path
        + ", classes from the jars"
        + obstacle.map(reason -> "; archive: " + reason).orElse("");
  }

  /// What to do about it, or nothing where all is well.
  String advice() {
    if (archive.isPresent() && !shared) {
      return "the archive does not fit this Java and its flags; leave out what SEQUOR_JAVA_OPTS"
          + " adds, or delete the file";
    }
    return obstacle.isPresent() && !obstacle.get().equals(BEING_MADE)
        ? "every start takes longer; set XDG_CACHE_HOME to a folder that can be written to"
        : "";
  }
}
