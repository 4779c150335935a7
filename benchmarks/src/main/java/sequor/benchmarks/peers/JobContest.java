package sequor.benchmarks.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import sequor.data.Catalogue;
import sequor.data.DataException;
import sequor.data.DataFinder;
import sequor.speed.Spread;
import sequor.speed.Timings;

/// Lets all who can do a [Job] in turn, each time in a new process.
///
/// The programs print `epoch N` after each epoch, and what is timed ends with the last. Sequor
/// comes first and decides by early stopping how many epochs there are; the others do as many.
///
/// @param rounds how often each seat does it
record JobContest(int rounds) {

  Result run(Row row, Job job, List<Seat> seats) throws IOException, InterruptedException {
    Path file;
    try {
      file = dataOf(job);
    } catch (IOException | DataException e) {
      return new Result(
          row, Map.of(), Map.of(), Map.of(Entrant.SEQUOR, String.valueOf(e.getMessage())));
    }
    var nanos = new LinkedHashMap<Seat, List<Long>>();
    var absent = new TreeMap<Entrant, String>();
    int epochs = 0;
    for (int round = 0; round < rounds; round++) {
      for (var seat : seats) {
        var program = seat.entrant().jobClass();
        if (program.isPresent() && !absent.containsKey(seat.entrant())) {
          var done =
              once(
                  seat,
                  row,
                  program.get(),
                  job.recipe(),
                  file.toString(),
                  Integer.toString(epochs),
                  Integer.toString(seat.threads()));
          epochs = epochs == 0 ? done.epochs : epochs;
          if (done.epochs == 0 || done.epochs != epochs) {
            absent.put(
                seat.entrant(),
                "%d epochs instead of %d, see %s"
                    .formatted(done.epochs, epochs, Jvm.log(seat, row)));
          } else {
            nanos.computeIfAbsent(seat, _ -> new ArrayList<>()).add(done.nanos);
          }
        }
      }
    }
    var timings = new LinkedHashMap<Seat, Timings>();
    var spreads = new LinkedHashMap<Seat, Spread>();
    nanos.forEach(
        (seat, times) -> {
          if (!absent.containsKey(seat.entrant())) {
            long[] all = times.stream().mapToLong(Long::longValue).toArray();
            timings.put(seat, new Timings(all, 0, 0));
            spreads.put(seat, Spread.of(Arrays.stream(all).asDoubleStream().toArray()));
          }
        });
    return new Result(row, timings, spreads, absent);
  }

  private static Path dataOf(Job job) throws IOException {
    var finder = DataFinder.of(System.getenv(), Path.of(System.getProperty("user.home")));
    return finder.find(Catalogue.entry(job.data()).files().getFirst());
  }

  /// @param nanos from the start of the process to the end of its last epoch
  private record Done(int epochs, long nanos) {}

  private static Done once(Seat seat, Row row, String program, String... arguments)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    var process = Jvm.start(seat, row, program, arguments);
    var done = new Done(0, 0);
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("epoch ")) {
          done = new Done(done.epochs + 1, System.nanoTime() - start);
        }
      }
    }
    return process.waitFor() == 0 ? done : new Done(0, 0);
  }
}
