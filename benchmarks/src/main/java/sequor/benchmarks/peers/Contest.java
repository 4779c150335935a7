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
  private record Player(Seat seat, ChildProcess child, List<long[]> turns) {
    Timings timings() {
      return new Timings(turns.stream().flatMapToLong(Arrays::stream).toArray(), 0);
    }
  }

  /// @param versions gets what computes, for each who came
  Result run(Row row, List<Seat> seats, Map<Entrant, String> versions)
      throws IOException, InterruptedException {
    var players = new ArrayList<Player>();
    var absent = new TreeMap<Entrant, String>();
    try {
      for (var seat : seats) {
        if (!seat.entrant().enters(row) || absent.containsKey(seat.entrant())) {
          continue;
        }
        var player = new Player(seat, new ChildProcess(seat, row), new ArrayList<>());
        players.add(player);
        if (player.child.answer() instanceof Answer.Ready(String version)) {
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
          if (player.child.turn(turn) instanceof Answer.Times(long[] nanos)) {
            player.turns.add(nanos);
          } else {
            absent.put(player.seat.entrant(), player.child.lastWords());
          }
        }
      }
    } finally {
      players.forEach(player -> player.child.close());
    }
    var timings = new LinkedHashMap<Seat, Timings>();
    players.stream()
        .filter(player -> !absent.containsKey(player.seat.entrant()))
        .forEach(player -> timings.put(player.seat, player.timings()));
    return new Result(row, timings, absent);
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
