package sequor.benchmarks.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import sequor.speed.Spread;

/// Whether a change made anything slower: `./dev bench --against FOLDER [ROW…]` compares this
/// checkout with another, built at `FOLDER`, by several [Duel]s for each row.
final class Duels {
  private static final int PROCESSES = 5;

  private Duels() {}

  /// Arguments: folder of the other checkout, then parts of names of rows; none means all.
  static void main(String[] args) throws IOException, InterruptedException {
    var parts = List.of(args).subList(1, args.length);
    var rows = Bench.chosen(parts).stream().filter(row -> !(row.task() instanceof Job)).toList();
    System.out.println("| this / other | threads | median | least | greatest |");
    System.out.println("| --- | --- | --- | --- | --- |");
    for (var row : rows) {
      for (int threads : IntStream.of(1, Machine.threads()).distinct().toArray()) {
        double[] ratios = new double[PROCESSES];
        for (int i = 0; i < PROCESSES; i++) {
          ratios[i] = duel(args[0], row, threads);
        }
        var spread = Spread.of(ratios);
        System.out.printf(
            Locale.ROOT,
            "| %s | %d | %.3f | %.3f | %.3f |%n",
            row.name(),
            threads,
            spread.median(),
            spread.low(),
            spread.high());
      }
    }
  }

  private static double duel(String other, Row row, int threads)
      throws IOException, InterruptedException {
    var process =
        Jvm.start(
            new Seat(Entrant.SEQUOR, threads),
            row,
            Duel.class.getName(),
            Path.of("").toAbsolutePath().toString(),
            other,
            row.name(),
            Integer.toString(threads));
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      var ratio = lines.readLine();
      if (process.waitFor() != 0 || ratio == null) {
        throw new IOException(
            "%s: the process of both ended without a ratio; see %s"
                .formatted(row.name(), Jvm.log(new Seat(Entrant.SEQUOR, threads), row)));
      }
      return Double.parseDouble(ratio);
    }
  }
}
