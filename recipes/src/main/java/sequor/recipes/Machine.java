package sequor.recipes;

import java.util.LinkedHashMap;
import java.util.Map;
import sequor.kernels.Kernels;
import sequor.kernels.Parallel;

/// What this program computes with.
public final class Machine {
  private Machine() {}

  /// Computes with so many threads from now on; results do not depend on it.
  public static void threads(int count) {
    Parallel.threads(count);
  }

  /// How many threads compute.
  public static int threads() {
    return Parallel.threads();
  }

  /// The name of the kernels that are bound: `vector` or `scalar`.
  public static String kernels() {
    return Kernels.best().name();
  }

  /// The facts that matter for speed, by name.
  public static Map<String, String> facts() {
    var kernels = Kernels.best();
    var facts = new LinkedHashMap<String, String>();
    facts.put("java", Runtime.version() + ", " + System.getProperty("java.vm.name"));
    facts.put("jit", jit());
    facts.put("kernels", kernels.name());
    facts.put("lanes", String.valueOf(kernels.lanes()));
    facts.put("threads", String.valueOf(Parallel.threads()));
    facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    facts.put("memory", (Runtime.getRuntime().maxMemory() >> 20) + " MiB heap at most");
    return facts;
  }

  /// Only C2 turns the vector kernels into vector instructions.
  private static String jit() {
    String info = System.getProperty("java.vm.info", "");
    String compiler = System.getProperty("sun.management.compiler", "");
    return compiler.isEmpty() ? info : compiler + ", " + info;
  }
}
