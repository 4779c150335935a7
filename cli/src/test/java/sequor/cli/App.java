package sequor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;

/// The folder that the build makes, `bin/sequor` and `lib`, put together from what the tests run
/// on.
record App(Path folder) {
  static final Path JAVA = Path.of(System.getProperty("java.home"));
  static final String WARNING = "WARNING: Using incubator modules: jdk.incubator.vector\n";

  static App in(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("bin"));
    Files.copy(Path.of("src/main/app/bin/sequor"), folder.resolve("bin/sequor"));
    Files.copy(Path.of("../.mvn/jdk.sh"), folder.resolve("bin/jdk.sh"));
    var lib = Files.createDirectories(folder.resolve("lib"));
    for (var place : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      var entry = Path.of(place);
      if (Files.isDirectory(entry) && Files.exists(entry.resolve("module-info.class"))) {
        var room = entry.getName(entry.getNameCount() - 3); // ROOM/target/classes
        pack(entry, lib.resolve("sequor-" + room + ".jar"));
      } else if (Pattern.compile("sequor-|picocli|snakeyaml|fastcsv|jackson|lucene|jsoup")
          .matcher(place)
          .find()) {
        Files.copy(entry, lib.resolve(entry.getFileName()));
      }
    }
    return new App(folder);
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        var files = Files.walk(classes)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
      }
    }
  }

  /// Starts the program in a folder.
  ///
  /// @param cache where it keeps the archive of its classes
  Process start(Path where, Path cache, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("sh", folder.resolve("bin/sequor").toString()));
    command.addAll(List.of(arguments));
    return start(where, cache, command);
  }

  static Process start(Path where, Path cache, List<String> command) throws IOException {
    var builder = new ProcessBuilder(command).directory(where.toFile());
    builder.environment().put("JAVA_HOME", JAVA.toString());
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    builder.environment().remove("SEQUOR_JAVA_OPTS");
    return builder.start();
  }

  /// Waits for the end of a program that gets an empty standard input.
  static Program end(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    return new Program(process.waitFor(), out, err);
  }
}
