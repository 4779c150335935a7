package sequor.benchmarks.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/// The parent's end of a [Child].
final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final PrintStream orders;
  private final Path log;
  private Answer last = new Answer.Unable("not asked yet");

  /// Starts it; it begins to warm up at once.
  ChildProcess(Seat seat, Row row) throws IOException {
    log = Jvm.log(seat, row);
    process =
        Jvm.start(
            seat,
            row,
            Child.class.getName(),
            seat.entrant().className(),
            row.name(),
            Integer.toString(seat.threads()));
    answers = process.inputReader(StandardCharsets.UTF_8);
    orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /// Waits for what it says next.
  Answer answer() throws IOException {
    var line = answers.readLine();
    last =
        line == null
            ? new Answer.Unable("its process ended without a word, see " + log)
            : Answer.of(line);
    return last;
  }

  /// What it said last.
  Answer last() {
    return last;
  }

  /// Why it does not go on.
  String lastWords() {
    return last instanceof Answer.Unable(String reason) ? reason : "unexpected: " + last.line();
  }

  /// Lets it run for so long.
  Answer turn(Duration time) throws IOException {
    orders.println(time.toMillis());
    return answer();
  }

  @Override
  public void close() {
    orders.close(); // the end of its orders is the end of its work
    process
        .onExit()
        .orTimeout(5, java.util.concurrent.TimeUnit.SECONDS)
        .exceptionally(_ -> process.destroyForcibly())
        .join();
  }
}
