package sequor.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// What the figures were measured on.
final class Machine {
  private static final Path CPU = Path.of("/proc/cpuinfo");

  private Machine() {}

  static int threads() {
    return Runtime.getRuntime().availableProcessors();
  }

  /// Such as `AMD EPYC (family 25, model 17), 2 cores, Linux`.
  static String describe() throws IOException {
    String cores = threads() == 1 ? "1 core" : threads() + " cores";
    String system = System.getProperty("os.name");
    if (!Files.exists(CPU)) {
      return "%s, %s, %s".formatted(System.getProperty("os.arch"), cores, system);
    }
    var cpu = firstCore(Files.readString(CPU));
    return "%s (family %s, model %s), %s, %s"
        .formatted(
            cpu.getOrDefault("model name", System.getProperty("os.arch")),
            cpu.getOrDefault("cpu family", "?"),
            cpu.getOrDefault("model", "?"),
            cores,
            system);
  }

  private static Map<String, String> firstCore(String text) {
    var values = new HashMap<String, String>();
    text.lines()
        .takeWhile(line -> !line.isBlank())
        .filter(line -> line.contains(":"))
        .forEach(
            line ->
                values.put(
                    line.substring(0, line.indexOf(':')).strip(),
                    line.substring(line.indexOf(':') + 1).strip()));
    return values;
  }
}
