package sequor.tasks.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import sequor.tasks.Surname;
import sequor.tasks.TaskException;
import sequor.testkit.PublicData;

class KneserNeyTest {
  /// Trained on `0 1` and `2 1`, V = 3. Too little to estimate discounts: they are half the counts.
  @Test
  void probabilitiesAreTheFormulaDoneByHand() {
    var model = KneserNey.train(2, 3, List.of(new int[] {0, 1}, new int[] {2, 1}));

    // Empty context: 1 was seen after two different tokens, 0 and 2 each after one (the start).
    double zero = 0.5 / 4 + 2.0 / 4 / 3; // N = 1, discount 0.5, γ = (0.5 + 0.5 + 1) / 4
    double one = 1.0 / 4 + 2.0 / 4 / 3; //  N = 2, discount 1
    assertThat(model.distribution(new int[] {1}))
        .containsExactly(new double[] {zero, one, zero}, offset(1e-12));

    // After 0 came 1, once: N = 1, discount 0.5, γ = 0.5.
    assertThat(model.probability(new int[] {0}, 1)).isEqualTo(0.5 + 0.5 * one, within(1e-12));
    assertThat(model.probability(new int[] {0}, 2)).isEqualTo(0.5 * zero, within(1e-12));
  }

  /// `2` is the commonest token, but only ever after `1`; `3` is rarer and follows three others.
  @Test
  void aTokenThatFollowsOnlyOneOtherIsNotExpectedElsewhere() {
    int[] text = {1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 0, 3, 4, 3, 1, 3, 0, 4};
    double[] unseen = KneserNey.train(3, 6, List.of(text)).distribution(new int[] {5});

    assertThat(unseen[3]).isGreaterThan(unseen[2]);
  }

  @Property(tries = 200)
  void sumToOneAfterAnyHistory(
      @ForAll @IntRange(min = 1, max = 6) int order,
      @ForAll @Size(max = 6) List<@Size(max = 12) List<@IntRange(max = 4) Integer>> training,
      @ForAll @Size(max = 8) List<@IntRange(max = 4) Integer> history) {
    var model = KneserNey.train(order, 5, training.stream().map(KneserNeyTest::ints).toList());

    double[] probabilities = model.distribution(ints(history));

    assertThat(Arrays.stream(probabilities).sum()).isEqualTo(1, within(1e-9));
    assertThat(Arrays.stream(probabilities).allMatch(p -> p > 0)).isTrue();
  }

  @Test
  void sumToOneWithEstimatedDiscounts() {
    int[] text = markov(20_000);
    var model = KneserNey.train(5, 12, List.of(text));
    for (int i = 0; i < 200; i++) {
      double[] probabilities = model.distribution(Arrays.copyOf(text, i));
      assertThat(Arrays.stream(probabilities).sum()).isEqualTo(1, within(1e-9));
    }
  }

  /// The source's own entropy is the best any model can do.
  @Test
  void comesNearTheEntropyOfItsSource() {
    var model = KneserNey.train(4, 12, List.of(markov(100_000)));
    double entropy =
        -(0.7 * Math.log(0.7 + 0.3 / 12) + 0.3 * 11 / 12 * Math.log(0.3 / 12))
            - 0.3 / 12 * Math.log(0.7 + 0.3 / 12);

    double nats = model.nats(List.of(Arrays.copyOfRange(markov(120_000), 100_000, 120_000)));

    assertThat(nats).isBetween(entropy - 0.03, entropy + 0.05);
  }

  @Test
  void aDistributionIsTheProbabilityOfEachTokenBitForBit() {
    var model = KneserNey.train(4, 13, List.of(markov(3_000)));
    double[] into = new double[13];
    for (int n = 0; n < 50; n++) {
      int[] history = Arrays.copyOf(markov(50), n);
      model.distribution(history, into);
      for (int token = 0; token < 13; token++) {
        assertThat(into[token]).isEqualTo(model.probability(history, token));
      }
      assertThat(model.distribution(history)).containsExactly(into);
    }
  }

  @Test
  void aLongerHistoryThanTheOrderChangesNothing() {
    var model = KneserNey.train(3, 12, List.of(markov(1_000)));
    assertThat(model.distribution(new int[] {9, 9, 9, 4, 5}))
        .containsExactly(model.distribution(new int[] {1, 4, 5}));
  }

  @Test
  void withoutTrainingEveryTokenIsAsLikely() {
    assertThat(KneserNey.train(4, 4, List.of()).distribution(new int[] {1, 2})).containsOnly(0.25);
  }

  @Test
  void saysWhatIsWrong() {
    assertThatExceptionOfType(TaskException.class)
        .isThrownBy(() -> KneserNey.train(0, 4, List.of()))
        .withMessage("Kneser-Ney: expected an order from 1 to 127, got 0; give one such as 5");
    assertThatExceptionOfType(TaskException.class)
        .isThrownBy(() -> KneserNey.train(2, 4, List.of(new int[] {4})))
        .withMessage(
            "Kneser-Ney: expected a token from 0 to 3, got 4; take the vocabulary it learned with");
    assertThatExceptionOfType(TaskException.class)
        .isThrownBy(() -> KneserNey.train(2, 4, List.of()).distribution(new int[0], new double[3]))
        .withMessage("Kneser-Ney: expected an array of 4 numbers, got one of 3; give one a token");
  }

  /// The published floor of this data set is 2.09 nats a character, the end mark counted as one.
  @Test
  void knowsSurnames() throws IOException {
    Optional<Path> file = PublicData.surnames();
    List<Surname> surnames =
        file.isPresent()
            ? Surname.read(file.get())
            : List.of(
                new Surname("Dutch", "train", "Aalders"),
                new Surname("Dutch", "train", "Haanrade"),
                new Surname("Dutch", "test", "Aalde"));
    Map<Integer, Integer> ids = new HashMap<>(Map.of('\0' + 0, 0, '?' + 0, 1)); // end, unknown
    List<int[]> train = ids("train", surnames, ids);

    var model = KneserNey.train(5, ids.size(), train);

    assertThat(model.nats(ids("test", surnames, ids))).isLessThan(2.09);
  }

  private static List<int[]> ids(String split, List<Surname> surnames, Map<Integer, Integer> ids) {
    return surnames.stream()
        .filter(surname -> surname.split().equals(split))
        .map(surname -> surname.name() + '\0')
        .map(name -> name.codePoints().map(c -> id(c, split, ids)).toArray())
        .toList();
  }

  private static int id(int character, String split, Map<Integer, Integer> ids) {
    if (split.equals("train")) {
      ids.putIfAbsent(character, ids.size());
    }
    return ids.getOrDefault(character, 1);
  }

  private static int[] ints(List<Integer> tokens) {
    return tokens.stream().mapToInt(i -> i).toArray();
  }

  /// The next of 12 tokens in seven of ten cases, any of them otherwise.
  private static int[] markov(int length) {
    var random = new Random(7);
    int[] text = new int[length];
    for (int i = 1; i < length; i++) {
      text[i] = random.nextDouble() < 0.7 ? (text[i - 1] + 1) % 12 : random.nextInt(12);
    }
    return text;
  }
}
