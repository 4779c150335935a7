package sequor.benchmarks.peers;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import sequor.speed.Spread;
import sequor.speed.Timings;

/// Lets all who take part do a row in turn, so that whatever else happens on the machine meets all
/// alike: each in a process of its own, made warm one after the other, then round after round of
/// short turns, of which only one is running at any time.
///
/// @param rounds how many turns each seat gets
/// @param turn how long a turn is
/// @param bystanders looks around in the rests between the turns
record Contest(int rounds, Duration turn, Bystanders bystanders) {
  /// Threads of the one before must have stopped waiting for work in a busy loop.
  private static final Duration REST = Duration.ofMillis(150);

  /// A seat with its process and what it has shown so far.
  private record Player(Seat seat, ChildProcess child, List<Answer.Times> turns) {
    Timings timings() {
      return new Timings(
          turns.stream().flatMapToLong(turn -> Arrays.stream(turn.nanos())).toArray(),
          0,
          turns.stream().mapToLong(Answer.Times::cpuNanos).sum());
    }

    /// The medians of the turns, in nanoseconds.
    Spread spread() {
      return Spread.of(
          turns.stream()
              .mapToDouble(turn -> new Timings(turn.nanos(), 0, 0).medianNanos())
              .toArray());
    }
  }

  /// @param versions gets what computes, for each who came
  /// @throws Agreement.Disagreement if they do not compute the same
  Result run(Row row, List<Seat> seats, Map<Entrant, String> versions)
      throws IOException, InterruptedException {
    var players = new ArrayList<Player>();
    var absent = new TreeMap<Entrant, String>();
    var agreement = new Agreement(row);
    try {
      for (var seat : seats) {
        if (!seat.entrant().enters(row) || absent.containsKey(seat.entrant())) {
          continue;
        }
        var player = new Player(seat, new ChildProcess(seat, row), new ArrayList<>());
        players.add(player);
        if (player.child.answer() instanceof Answer.Outputs(float[] outputs)) {
          agreement.check(seat, outputs);
          player.child.answer();
        }
        if (player.child.last() instanceof Answer.Ready(String version)) {
          versions.put(seat.entrant(), version);
        } else {
          absent.put(seat.entrant(), player.child.lastWords());
        }
      }
      for (int round = 0; round < rounds; round++) {
        for (var player : players) {
          if (absent.containsKey(player.seat.entrant())) {
            continue;
          }
          bystanders.watch(REST.toMillis());
          if (player.child.turn(turn) instanceof Answer.Times times) {
            player.turns.add(times);
          } else {
            absent.put(player.seat.entrant(), player.child.lastWords());
          }
        }
      }
    } finally {
      players.forEach(player -> player.child.close());
    }
    var timings = new LinkedHashMap<Seat, Timings>();
    var spreads = new LinkedHashMap<Seat, Spread>();
    players.stream()
        .filter(player -> !absent.containsKey(player.seat.entrant()))
        .forEach(
            player -> {
              timings.put(player.seat, player.timings());
              spreads.put(player.seat, player.spread());
            });
    return new Result(row, timings, spreads, absent);
  }

  /// Every entrant with one thread and with all.
  static List<Seat> seats(int allThreads) {
    return Arrays.stream(Entrant.values())
        .flatMap(
            entrant ->
                IntStream.of(1, allThreads)
                    .distinct()
                    .mapToObj(threads -> new Seat(entrant, threads)))
        .toList();
  }
}
