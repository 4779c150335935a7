package sequor.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Sequor and its peers side by side: `./dev bench [ROW…]`. A run of all rows writes its table into
/// the README of this room; a run of some only prints it.
final class Bench {
  private static final Path README = Path.of("benchmarks", "README.md");
  private static final Bystanders BYSTANDERS = new Bystanders();
  private static final Contest CONTEST = new Contest(5, Duration.ofMillis(500), BYSTANDERS);

  private static final JobContest JOBS = new JobContest(3);

  private Bench() {}

  /// Arguments: parts of names of rows; none means all rows.
  static void main(String[] args) throws IOException, InterruptedException {
    var rows = chosen(List.of(args));
    if (rows.isEmpty()) {
      System.err.printf(
          "./dev bench: expected parts of names of rows, found %s. The rows are:%n  %s%n",
          String.join(" ", args), String.join("\n  ", Rows.all().stream().map(Row::name).toList()));
      System.exit(2);
    }
    var versions = new TreeMap<Entrant, String>();
    var results = new ArrayList<Result>();
    var seats = Contest.seats(Machine.threads());
    boolean agreed = true;
    for (var row : rows) {
      System.err.printf("%s …%n", row.name());
      try {
        var result =
            row.task() instanceof Job job
                ? JOBS.run(row, job, seats)
                : CONTEST.run(row, seats, versions);
        results.add(result);
        System.out.println(ResultTable.of(List.of(result)));
        System.out.println(SpreadTable.of(result));
      } catch (Agreement.Disagreement e) {
        System.err.println("./dev bench: " + e.getMessage());
        agreed = false;
      }
    }
    var circumstances =
        new Report.Circumstances(
            Machine.describe(), LocalDate.now(ZoneId.systemDefault()), BYSTANDERS.percent());
    var report = Report.of(circumstances, results, versions);
    System.out.println(report);
    if (!agreed) {
      System.exit(1);
    }
    if (args.length == 0) {
      Files.writeString(README, Report.intoReadme(Files.readString(README), report));
    }
  }

  /// The rows whose names hold one of the parts, or all.
  static List<Row> chosen(List<String> parts) {
    return Rows.all().stream()
        .filter(row -> parts.isEmpty() || parts.stream().anyMatch(row.name()::contains))
        .toList();
  }
}
