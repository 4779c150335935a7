package sequor.benchmarks.peers;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sequor.speed.MatrixProduct.Layout;

/// Who takes part. What stands in one column of the table are the variants of one library.
enum Entrant {
  SEQUOR("Sequor", "", "SequorContestant", "--add-modules=jdk.incubator.vector"),
  OPENBLAS("libtorch, OpenBLAS", "", "OpenBlasTorch", Flags.JAVACPP),
  OPENBLAS_PACKED("libtorch, OpenBLAS", "packed", "PackedTorch", Flags.JAVACPP),
  MKL(
      "libtorch, MKL",
      "",
      "MklTorch",
      "--enable-native-access=ALL-UNNAMED -Dai.djl.offline=true"
          + " -DDJL_CACHE_DIR=benchmarks/target/djl -DOPT_OUT_TRACKING=true"),
  DL4J("Deeplearning4j", "", "dl4j.Dl4j", "--enable-native-access=ALL-UNNAMED");

  private final String column;
  private final String variant;
  private final String className;
  private final String flags;

  Entrant(String column, String variant, String className, String flags) {
    this.column = column;
    this.variant = variant;
    this.className = className;
    this.flags = flags;
  }

  /// The heading of its column.
  String column() {
    return column;
  }

  /// What sets it apart from the others in its column, or nothing.
  String variant() {
    return variant;
  }

  String className() {
    return Entrant.class.getPackageName() + "." + className;
  }

  /// The program that does a [Job] with it.
  Optional<String> jobClass() {
    return switch (this) {
      case SEQUOR -> Optional.of(SequorJob.class.getName());
      case OPENBLAS -> Optional.of(TorchJob.class.getName());
      default -> Optional.empty();
    };
  }

  /// What its JVM is started with.
  List<String> flags() {
    return List.of(flags.split(" ", -1));
  }

  /// Where its classes are: Deeplearning4j needs an older JavaCPP than the others.
  String classPath() {
    return this == DL4J
        ? String.join(
            File.pathSeparator, "benchmarks/dl4j/target/*", "benchmarks/dl4j/target/lib/*")
        : System.getProperty("java.class.path");
  }

  /// How many threads each pool of a library gets. Where two pools take turns in one step, each
  /// waits for work in a busy loop while the other computes, and a step takes many times as long as
  /// with one thread; so the one gets them that does more of the work.
  Map<String, Integer> pools(Task task, int threads) {
    return switch (this) {
      case SEQUOR -> Map.of();
      case MKL -> Map.of("OMP_NUM_THREADS", threads, "MKL_NUM_THREADS", threads);
      case DL4J -> Map.of("OMP_NUM_THREADS", 1, "OPENBLAS_NUM_THREADS", threads);
      case OPENBLAS, OPENBLAS_PACKED ->
          task instanceof Work.Multiply
              ? Map.of("OMP_NUM_THREADS", 1, "OPENBLAS_NUM_THREADS", threads)
              : Map.of("OMP_NUM_THREADS", threads, "OPENBLAS_NUM_THREADS", 1);
    };
  }

  /// Whether it computes the padding of a row as if it were real.
  boolean computesPadding() {
    return this == OPENBLAS || this == MKL;
  }

  boolean isLibtorch() {
    return column.startsWith("libtorch");
  }

  /// Whether it has something of its own to show at this row.
  boolean enters(Row row) {
    return switch (row.task()) {
      case Job _ -> jobClass().isPresent();
      case Work.TrainOnLengths _ -> true;
      case Work.Multiply(var product) ->
          this == SEQUOR || (isLibtorch() && variant.isEmpty() && product.layout() == Layout.NN);
      default -> variant.isEmpty();
    };
  }

  private static final class Flags {
    /// JavaCPP otherwise asks the system for the size of the process at every allocation, and
    /// queues every pointer for the garbage collector although a scope frees it.
    static final String JAVACPP =
        "--enable-native-access=ALL-UNNAMED -Dorg.bytedeco.javacpp.maxBytes=0"
            + " -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Dorg.bytedeco.javacpp.nopointergc=true";
  }
}
