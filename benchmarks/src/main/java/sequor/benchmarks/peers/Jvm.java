package sequor.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Starts the processes.
final class Jvm {
  private static final Path LOGS = Path.of("benchmarks", "target", "peers");

  private Jvm() {}

  /// What the process of a seat prints beside its answers at a row.
  static Path log(Seat seat, Row row) {
    return LOGS.resolve("%s-%s-%d.log".formatted(row.name(), seat.entrant(), seat.threads()));
  }

  /// Starts a program with what the seat needs to do its best.
  static Process start(Seat seat, Row row, String mainClass, String... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseParallelGC");
    command.addAll(seat.entrant().flags());
    command.addAll(List.of("-cp", seat.entrant().classPath(), mainClass));
    command.addAll(Arrays.asList(arguments));
    Files.createDirectories(LOGS);
    var builder = new ProcessBuilder(command).redirectError(log(seat, row).toFile());
    seat.entrant()
        .pools(row.task(), seat.threads())
        .forEach((pool, threads) -> builder.environment().put(pool, Integer.toString(threads)));
    return builder.start();
  }
}
