package sequor.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Where values stand on an axis, and which of them are named beside it.
///
/// @param low the value at the axis' beginning
/// @param high the value at its end, greater than `low`
/// @param logarithmic whether equal steps are equal ratios; then both values are above 0
/// @param ticks the named values, in order
record Axis(double low, double high, boolean logarithmic, List<Double> ticks) {
  public Axis {
    ticks = List.copyOf(ticks);
  }

  /// An axis from the first round value at or below `low` to the first at or above `high`.
  public static Axis covering(double low, double high, int ticks) {
    double size = Math.max(Math.abs(low), Math.abs(high));
    double room = high - low > 1e-6 * size ? high - low : Math.max(1e-3, size * 0.1);
    double step = step(room / ticks, 0);
    var axis = between(Math.floor(low / step) * step, Math.ceil(high / step) * step, step);
    return axis.high > axis.low ? axis : between(low - step, high + step, step);
  }

  /// An axis that begins and ends exactly there and names whole numbers only.
  public static Axis counting(double low, double high, int ticks) {
    double step = step((high - low) / ticks, 1);
    var named = between(Math.ceil(low / step) * step, Math.floor(high / step) * step, step).ticks;
    return new Axis(low, high > low ? high : low + 1, false, named);
  }

  /// An axis of powers of ten, of which at most about `ticks` are named.
  public static Axis powers(double low, double high, int ticks) {
    int first = (int) Math.floor(Math.log10(low));
    int last = Math.max(first + 1, (int) Math.ceil(Math.log10(high)));
    int step = Math.ceilDiv(last - first, ticks);
    var named = new ArrayList<Double>();
    for (int power = first; power <= last; power += step) {
      named.add(Math.pow(10, power));
    }
    return new Axis(Math.pow(10, first), Math.pow(10, last), true, named);
  }

  /// 0 at the axis' beginning, 1 at its end.
  public double place(double value) {
    return logarithmic
        ? Math.log(value / low) / Math.log(high / low)
        : (value - low) / (high - low);
  }

  /// A tick as it is written, with as many decimals as tell it from its neighbours.
  public String name(double tick) {
    if (logarithmic) {
      double power = Math.rint(Math.log10(tick));
      return Math.abs(power) <= 3
          ? Double.toString(tick).replaceAll("\\.0$", "")
          : "1e" + (int) power;
    }
    double size = Math.max(Math.abs(low), Math.abs(high));
    double step = ticks.size() > 1 ? ticks.get(1) - ticks.get(0) : 1;
    if (size < 1e6 && size >= 1e-3) {
      return decimal(tick, step);
    }
    double power = Math.floor(Math.log10(size));
    double unit = Math.pow(10, power);
    return tick == 0 ? "0" : decimal(tick / unit, step / unit) + "e" + (int) power;
  }

  private static String decimal(double tick, double step) {
    int decimals = (int) Math.clamp(Math.ceil(-Math.log10(step) - 1e-9), 0, 9);
    double rounded = Math.abs(tick) < step / 2 ? 0 : tick; // neither −0 nor 1e-17
    return String.format(Locale.ROOT, "%." + decimals + "f", rounded);
  }

  private static Axis between(double low, double high, double step) {
    var ticks = new ArrayList<Double>();
    int steps = (int) Math.round((high - low) / step);
    for (int i = 0; i <= steps; i++) {
      ticks.add(low + i * step);
    }
    return new Axis(low, high, false, ticks);
  }

  /// The least of 1, 2 and 5 times a power of ten that is at least `least` and `whole`.
  private static double step(double least, double whole) {
    double wanted = Math.max(least, whole);
    double power = Math.pow(10, Math.floor(Math.log10(wanted)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= wanted * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }
}
