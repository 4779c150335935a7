package sequor.tasks.forecast;

import java.util.Arrays;

/// Margins that follow what comes: as one goes on through time, a step that was said h steps ago is
/// known by now, and if too many numbers were outside, margins grow.
final class Following {
  private final Margins margins;
  private final double[] now; // (H)
  private final int[][] outside; // of the last H times, of each step how many were outside
  private final int[][] all;
  private int time = Integer.MIN_VALUE;

  Following(Margins margins) {
    this.margins = margins;
    int horizon = margins.margins().length;
    this.now = margins.margins().clone();
    this.outside = new int[horizon + 1][horizon];
    this.all = new int[horizon + 1][horizon];
  }

  /// Goes on to a time, at which all before it is known.
  void at(int next) {
    if (time == Integer.MIN_VALUE || next - time > now.length) {
      time = next;
      forget();
    }
    while (time < next) {
      time++;
      for (int h = 0; h < now.length; h++) {
        learn(h, Math.floorMod(time - 1 - h, now.length + 1)); // what was said then came a step ago
      }
      int slot = Math.floorMod(time, now.length + 1);
      Arrays.fill(outside[slot], 0);
      Arrays.fill(all[slot], 0);
    }
  }

  private void forget() {
    for (int slot = 0; slot < outside.length; slot++) {
      Arrays.fill(outside[slot], 0);
      Arrays.fill(all[slot], 0);
    }
  }

  private void learn(int h, int slot) {
    if (all[slot][h] > 0) {
      double share = (double) outside[slot][h] / all[slot][h];
      now[h] += margins.gain(h) * margins.spreads()[h] * (share - (1 - margins.coverage()));
    }
  }

  /// How far an interval of step h reaches now.
  double margin(int h) {
    return now[h];
  }

  /// Of a window at the time that it is, whether what came was outside; it is learned from as soon
  /// as anybody could know it.
  void came(int h, boolean isOutside) {
    int slot = Math.floorMod(time, now.length + 1);
    outside[slot][h] += isOutside ? 1 : 0;
    all[slot][h]++;
  }
}
