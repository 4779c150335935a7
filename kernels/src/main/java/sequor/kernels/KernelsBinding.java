package sequor.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/// Decides, once, which kernels the program computes with.
final class KernelsBinding {
  static final String PROPERTY = "sequor.kernels";
  static final String SCALAR_NAME = "scalar";
  private static final String FLAG = "--add-modules jdk.incubator.vector";

  // Before BEST: other kernels may build on the scalar ones while they are being bound.
  static final Kernels SCALAR =
      new Kernels(
          SCALAR_NAME,
          1,
          new HeapMemory(),
          new ScalarProducts(),
          new ScalarElementwise(),
          new ScalarReductions(),
          new ScalarRows(),
          new ScalarCopies(),
          new ScalarRecurrences(),
          new ScalarScans(),
          new ScalarChains(),
          new ScalarConvolutions(),
          new ScalarAttentions(),
          new ScalarEmbeddings(),
          new ScalarUpdates(),
          new ScalarProbe());

  static final Kernels BEST = bind(System.getProperty(PROPERTY, ""), found());

  private KernelsBinding() {}

  /// Binds the kernels called `forced`, or, where that is empty, those of the highest priority that
  /// work here.
  static Kernels bind(String forced, List<KernelsProvider> providers) {
    if (forced.equals(SCALAR_NAME)) {
      return SCALAR;
    }
    var byPriority = new ArrayList<>(providers);
    byPriority.sort((a, b) -> Integer.compare(b.priority(), a.priority()));
    for (var provider : byPriority) {
      if (!forced.isEmpty() && !provider.name().equals(forced)) {
        continue;
      }
      try {
        return provider.kernels();
      } catch (UnsupportedOperationException | LinkageError e) {
        if (!forced.isEmpty()) {
          throw new KernelsException(
              "%s=%s: these kernels cannot run here: %s".formatted(PROPERTY, forced, reason(e)), e);
        }
        System.err.printf(
            "sequor: the %s kernels are not used (%s); computing with slower plain Java%n",
            provider.name(), reason(e));
      }
    }
    if (!forced.isEmpty()) {
      var names = new ArrayList<String>(List.of(SCALAR_NAME));
      byPriority.forEach(provider -> names.add(provider.name()));
      throw new KernelsException(
          "%s=%s: no kernels have that name; choose one of %s".formatted(PROPERTY, forced, names));
    }
    return SCALAR;
  }

  private static String reason(Throwable e) {
    // On the class path the incubating module is absent unless asked for, and its classes with it.
    return e instanceof LinkageError && String.valueOf(e).contains("jdk/incubator/vector")
        ? "start Java with " + FLAG
        : String.valueOf(e.getMessage());
  }

  private static List<KernelsProvider> found() {
    var providers = new ArrayList<KernelsProvider>();
    var services =
        ServiceLoader.load(KernelsProvider.class, KernelsProvider.class.getClassLoader());
    var each = services.iterator();
    while (true) {
      try {
        if (!each.hasNext()) {
          return providers;
        }
        providers.add(each.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        System.err.printf("sequor: some kernels could not be loaded (%s)%n", reason(cause));
      }
    }
  }
}
