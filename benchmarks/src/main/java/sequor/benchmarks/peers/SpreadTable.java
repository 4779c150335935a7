package sequor.benchmarks.peers;

import java.util.Locale;
import java.util.Optional;
import sequor.speed.Spread;
import sequor.speed.Timings;

/// How far the turns of each seat at a row lie apart, and what a step costs: the time that cores
/// worked on it, which stays the same where a step takes longer because two threads share a core.
final class SpreadTable {
  private static final String NOTHING = "–";

  private SpreadTable() {}

  /// A line for each seat, as Markdown.
  static String of(Result result) {
    var table = new StringBuilder();
    table.append("| turns | threads | least | median | greatest | CPU a step |\n");
    table.append("| --- | --- | --- | --- | --- | --- |\n");
    result.spreads().forEach((seat, spread) -> table.append(line(result, seat, spread)));
    return table.toString();
  }

  private static String line(Result result, Seat seat, Spread spread) {
    var entrant = seat.entrant();
    return "| %s | %d | %s | %s | %s | %s |\n"
        .formatted(
            entrant.variant().isEmpty()
                ? entrant.column()
                : entrant.column() + ", " + entrant.variant(),
            seat.threads(),
            time(spread.low()),
            time(spread.median()),
            time(spread.high()),
            cpu(result, seat));
  }

  private static String cpu(Result result, Seat seat) {
    return Optional.ofNullable(result.timings().get(seat))
        .map(Timings::meanCpuNanos)
        .filter(nanos -> nanos > 0)
        .map(SpreadTable::time)
        .orElse(NOTHING);
  }

  private static String time(double nanos) {
    return nanos < 1e6
        ? String.format(Locale.ROOT, "%.1f µs", nanos / 1e3)
        : String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
  }
}
