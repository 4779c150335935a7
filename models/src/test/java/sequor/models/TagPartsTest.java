package sequor.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sequor.nn.Init;
import sequor.tensor.GradientCheck;

class TagPartsTest {
  private static final List<String> TAGS = List.of("NNG", "NNG+JKB", "NNG+JX", "VV+EC", "MAG");

  @Test
  void aTagHasTheFirstTheLastAndAnyPartThatItSharesWithAnother() {
    var made = TagParts.Made.of(TAGS, "+").orElseThrow();
    assertThat(made.has().shape().dims()).containsExactly(2, 5); // any NNG, first NNG
    assertThat(made.has().toArray()).containsExactly(1, 1, 1, 0, 0, 1, 1, 1, 0, 0);
  }

  @Test
  void neighboursAreParts() {
    var made = TagParts.Made.of(List.of("A+B+C", "X+B+C"), "+").orElseThrow();
    assertThat(made.has().shape().dims()).containsExactly(4, 2); // any B, any C, last C, next B+C
    assertThat(made.has().toArray()).containsOnly(1);
  }

  @Test
  void scoresAreTheSumsOfThePartsThatATagHas() {
    var random = new SplittableRandom(3);
    var parts = new TagParts(4, TagParts.Made.of(TAGS, "+").orElseThrow(), random);
    var hidden = Init.uniform(random, 1, 2, 3, 4);
    var scores = parts.forward(hidden); // (2,3,5)
    float[] all = scores.toArray();
    assertThat(scores.shape().dims()).containsExactly(2, 3, 5);
    assertThat(all[0]).isEqualTo(all[1]).isEqualTo(all[2]).isNotZero();
    assertThat(all[3]).isEqualTo(all[4]).isZero();
    GradientCheck.of(() -> parts.forward(hidden).tanh().sum()).with(parts.parameters()).run();
  }

  @Test
  void tagsThatDoNotComeApartShareNothing() {
    assertThat(TagParts.Made.of(TAGS, "|")).isEmpty();
    assertThat(TagParts.Made.of(TAGS, "")).isEmpty();
    assertThat(TagParts.Made.of(List.of("A+B", "C+D"), "+")).isEmpty();
  }
}
