package sequor.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import sequor.tensor.Op;

/// Random programs have the values and the gradients that plain loops in double precision have.
class AutogradFuzzTest {
  private static final int GRAPHS = Integer.getInteger("sequor.fuzz.graphs", 2000);
  private static final long SEED = Long.getLong("sequor.fuzz.seed", 0);
  private static final Fuzzer FUZZER = new Fuzzer();

  @BeforeAll
  static void run() {
    FUZZER.run(SEED, GRAPHS);
  }

  @Test
  void theEngineAndTheReferenceAgree() {
    var report = FUZZER.report();
    System.out.println(report);

    assertThat(FUZZER.findings()).as(report).isEmpty();
  }

  /// The sealed families are walked down to the records: a new op that no program holds fails here.
  @Test
  void everyOpIsDrawn() {
    assertThat(walk(Op.class))
        .hasSizeGreaterThan(20)
        .allSatisfy(leaf -> assertThat(FUZZER.recorded()).anyMatch(leaf::isAssignableFrom));
  }

  private static Stream<Class<?>> walk(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(AutogradFuzzTest::walk)
        : Stream.of(type);
  }

  /// The other kernels, which only a JVM of their own can choose.
  @Test
  void thePlainKernelsAgreeToo() throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dsequor.kernels=scalar",
                "-cp",
                System.getProperty("java.class.path"),
                Fuzzer.class.getName(),
                "300")
            .redirectErrorStream(true)
            .start();
    var report = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(report).isZero();
  }
}
