package sequor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import org.junit.jupiter.api.Test;

class SeedTest {
  private final Seed seed = new Seed(42);

  /// Runs are repeated from their seed years later: these numbers must never change.
  @Test
  void knownValues() {
    // SplitMix64 from 42, as java.util.SplittableRandom(42) draws them too
    var reference = new SplittableRandom(42);
    var random = seed.generator();
    for (int i = 0; i < 100; i++) {
      assertThat(random.nextLong()).isEqualTo(reference.nextLong());
    }
    assertThat(seed.child("shuffle").value()).isEqualTo(1863380976323774597L);
    assertThat(seed.child(7).value()).isEqualTo(3159419591028090632L);
    assertThat(seed.child("shuffle").child(7).generator().nextInt()).isEqualTo(1849173528);
  }

  @Test
  void aSeedIsNeverUsedUp() {
    var first = seed.generator();
    first.nextLong();
    seed.child("other").generator().nextLong();

    assertThat(seed.generator().nextLong()).isEqualTo(new Seed(42).generator().nextLong());
    assertThat(seed.child("a")).isEqualTo(seed.child("a"));
  }

  @Test
  void childrenDiffer() {
    var seen = new HashSet<Long>();
    for (long turn = -500; turn < 500; turn++) {
      seen.add(seed.child(turn).value());
      seen.add(seed.child("step" + turn).value());
      seen.add(seed.child("step").child(turn).value());
      seen.add(new Seed(42 + turn).child("step").value());
    }
    assertThat(seen).hasSize(4000);
  }

  /// The order of names matters, and where one ends and the next begins.
  @Property(tries = 200)
  void pathsDoNotRunTogether(@ForAll @AlphaChars String a, @ForAll @AlphaChars String b) {
    assertThat(seed.child(a).child(b)).isNotEqualTo(seed.child(a + b));
    if (!a.equals(b)) {
      assertThat(seed.child(a)).isNotEqualTo(seed.child(b));
      assertThat(seed.child(a).child(b)).isNotEqualTo(seed.child(b).child(a));
    }
  }

  /// Neighbouring seeds and neighbouring turns draw numbers that have nothing to do with each
  /// other.
  @Property(tries = 50)
  void childrenAreIndependent(@ForAll long value, @ForAll int turn) {
    var mine = new Seed(value).child(turn).generator();
    var next = new Seed(value).child(turn + 1L).generator();
    var other = new Seed(value + 1).child(turn).generator();
    int n = 4000;
    double withNext = 0;
    double withOther = 0;
    for (int i = 0; i < n; i++) {
      double draw = mine.nextGaussian();
      withNext += draw * next.nextGaussian();
      withOther += draw * other.nextGaussian();
    }
    // the mean product of independent draws has deviation 1/√n; six of them never happen by chance
    assertThat(Math.abs(withNext / n)).isLessThan(6 / Math.sqrt(n));
    assertThat(Math.abs(withOther / n)).isLessThan(6 / Math.sqrt(n));
  }
}
