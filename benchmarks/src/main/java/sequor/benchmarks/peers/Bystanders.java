package sequor.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// How much other programs use of the machine, looked at while none of ours computes.
final class Bystanders {
  private static final Path STAT = Path.of("/proc/stat");
  private static final Pattern SPACES = Pattern.compile(" +");
  private long busy;
  private long all;

  /// Waits for so long and looks.
  void watch(long millis) throws IOException, InterruptedException {
    if (!Files.exists(STAT)) {
      Thread.sleep(millis);
      return;
    }
    long[] before = ticks(Files.readString(STAT));
    Thread.sleep(millis);
    long[] after = ticks(Files.readString(STAT));
    busy += after[0] - before[0];
    all += after[1] - before[1];
  }

  /// Percent of all cores; empty where the system does not say.
  OptionalInt percent() {
    return all == 0 ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(100 * busy / all));
  }

  /// The busy ticks and all ticks so far, of the line `cpu user nice system idle iowait …`.
  static long[] ticks(String stat) {
    long[] ticks =
        SPACES
            .splitAsStream(stat.lines().findFirst().orElse(""))
            .skip(1)
            .limit(8) // what guests use is in user already
            .mapToLong(Long::parseLong)
            .toArray();
    long sum = Arrays.stream(ticks).sum();
    return new long[] {sum - ticks[3] - ticks[4], sum};
  }
}
