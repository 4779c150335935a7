package sequor.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sequor.tensor.Op;

/// Random programs have the values and the gradients that plain loops in double precision have.
class AutogradFuzzTest {
  private static final int GRAPHS = Integer.getInteger("sequor.fuzz.graphs", 2000);
  private static final long SEED = Long.getLong("sequor.fuzz.seed", 0);
  private static final boolean REFUSALS = Boolean.getBoolean("sequor.fuzz.refusals");

  @Test
  void theEngineAndTheReferenceAgree() {
    var fuzzer = new Fuzzer(REFUSALS);
    fuzzer.run(SEED, GRAPHS);
    var report = fuzzer.report();
    System.out.println(report);

    assertThat(fuzzer.findings()).as(report).isEmpty();
  }

  /// The sealed families are walked down to the records: a new op that no program holds fails here.
  @Test
  void everyOpIsDrawn() {
    var recorded = new Fuzzer(false).recorded(0, 1000);

    assertThat(walk(Op.class))
        .hasSizeGreaterThan(20)
        .allSatisfy(leaf -> assertThat(recorded).anyMatch(leaf::isAssignableFrom));
  }

  private static Stream<Class<?>> walk(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(AutogradFuzzTest::walk)
        : Stream.of(type);
  }
}
