package sequor.benchmarks.peers;

import java.util.EnumMap;
import java.util.Map;

/// Whether all who do a row compute the same: each shows what comes out before it is timed.
///
/// The first of each group is the measure of the others. Who computes padding as if it were real,
/// as libtorch does unless it packs, gets other numbers than who leaves it out, and is compared
/// with those who do as it does.
final class Agreement {
  /// Sums of some thousand products in another order, and three steps of Adam.
  private static final double TOLERANCE = 1e-4;

  private enum Group {
    EXACT,
    PADDED
  }

  private record Shown(Seat seat, float[] outputs) {}

  private final Row row;
  private final Map<Group, Shown> first = new EnumMap<>(Group.class);

  Agreement(Row row) {
    this.row = row;
  }

  /// Two compute different things, so that their times must not be compared.
  static final class Disagreement extends RuntimeException {
    private static final long serialVersionUID = 1;

    Disagreement(String message) {
      super(message);
    }
  }

  /// @param outputs what came out; nothing, if it cannot be compared
  /// @throws Disagreement if it is not what came out before
  void check(Seat seat, float[] outputs) {
    if (outputs.length == 0) {
      return;
    }
    var group =
        row.task() instanceof Work.TrainOnLengths && seat.entrant().computesPadding()
            ? Group.PADDED
            : Group.EXACT;
    var before = first.putIfAbsent(group, new Shown(seat, outputs));
    if (before == null) {
      return;
    }
    if (before.outputs.length != outputs.length) {
      throw disagreement(
          before.seat, before.outputs.length + " numbers", seat, outputs.length + " numbers");
    }
    int off = firstOff(before.outputs, outputs);
    if (off >= 0) {
      throw disagreement(
          before.seat, before.outputs[off] + " as number " + off, seat, "" + outputs[off]);
    }
  }

  /// Where the first number stands that is not what was expected, or −1.
  static int firstOff(float[] expected, float[] found) {
    for (int i = 0; i < Math.max(expected.length, found.length); i++) {
      if (i >= expected.length || i >= found.length || !isClose(expected[i], found[i])) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isClose(double expected, double found) {
    return Math.abs(found - expected) <= TOLERANCE * (1 + Math.abs(expected));
  }

  private Disagreement disagreement(Seat one, String expected, Seat other, String found) {
    return new Disagreement(
        "%s: expected all to compute the same, found %s from %s and %s from %s; their times are not compared"
            .formatted(row.name(), expected, name(one), found, name(other)));
  }

  private static String name(Seat seat) {
    var entrant = seat.entrant();
    return "%s%s with %d %s"
        .formatted(
            entrant.column(),
            entrant.variant().isEmpty() ? "" : " (" + entrant.variant() + ")",
            seat.threads(),
            seat.threads() == 1 ? "thread" : "threads");
  }
}
