package sequor.speed;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// The time that cores have spent on this process, all threads together: what the work costs,
/// however long it waits for a core that another program has.
public final class CpuClock {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private CpuClock() {}

  /// Nanoseconds since the process began; negative where the system does not say.
  public static long nanos() {
    return SYSTEM.getProcessCpuTime();
  }
}
