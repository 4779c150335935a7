package sequor.tasks.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sequor.tasks.Evaluation;
import sequor.text.Labels;

class NGramShareTest {
  private static final Labels LABELS = Labels.of(List.of("no", "yes"));
  private static final double[] UNDECIDED = {0.5, 0.5};
  private final Random random = new Random(1);

  @Test
  void ngramsThatKnowMoreTakeOver() {
    var gold = gold(400);
    var texts = texts(gold, 0.95);
    double[][] network = rows(gold, 0.6, 0.99); // often wrong, and sure of it

    var share = NGramShare.fitted(model(), network, texts, gold, LABELS);

    assertThat(right(share, network, texts, gold))
        .isGreaterThanOrEqualTo(right(new NGramShare(model(), 0, 1), network, texts, gold));
    assertThat(share.ofNetwork()).isLessThan(0.2);
  }

  @Test
  void ngramsThatKnowNothingStaySilent() {
    var gold = gold(400);
    var texts = texts(gold, 0.5);
    double[][] network = rows(gold, 0.9, 0.9);

    var share = NGramShare.fitted(model(), network, texts, gold, LABELS);

    assertThat(share.ofNetwork()).isCloseTo(1, within(0.25));
    assertThat(right(share, network, texts, gold)).isCloseTo(0.9, within(0.03));
  }

  @Test
  void bothTogetherAreBetterThanEither() {
    var gold = gold(2000);
    var texts = texts(gold, 0.8);
    double[][] network = rows(gold, 0.8, 0.8);
    double[][] other = rows(gold, 0.8, 0.8);
    double[][] joint = new double[network.length][]; // surer where two networks agree
    for (int i = 0; i < joint.length; i++) {
      double yes = network[i][1] * other[i][1];
      double no = network[i][0] * other[i][0];
      joint[i] = new double[] {no / (no + yes), yes / (no + yes)};
    }

    var share = NGramShare.fitted(model(), joint, texts, gold, LABELS);

    assertThat(right(share, joint, texts, gold))
        .isGreaterThan(right(new NGramShare(model(), 1, 0), joint, texts, gold) + 0.03)
        .isGreaterThan(right(new NGramShare(model(), 0, 1), joint, texts, gold) + 0.03);
  }

  @Test
  void theWeightsAreTheLeastOfTheLoss() {
    var gold = gold(300);
    var texts = texts(gold, 0.8);
    double[][] network = rows(gold, 0.7, 0.9);

    var share = NGramShare.fitted(model(), network, texts, gold, LABELS);

    double least = loss(share, network, texts, gold);
    for (double off : new double[] {-0.01, 0.01}) {
      var v = new NGramShare(model(), share.ofNetwork() + off, share.ofNGrams());
      var w = new NGramShare(model(), share.ofNetwork(), share.ofNGrams() + off);
      assertThat(loss(v, network, texts, gold)).isGreaterThan(least);
      assertThat(loss(w, network, texts, gold)).isGreaterThan(least);
    }
  }

  @Test
  void neitherIsEverHeardTheWrongWayRound() {
    var gold = gold(400);
    var texts = texts(gold, 0.1); // n-grams that are nearly always wrong
    var share = NGramShare.fitted(model(), rows(gold, 0.8, 0.8), texts, gold, LABELS);
    assertThat(share.ofNGrams()).isZero();

    texts = texts(gold, 0.8);
    share = NGramShare.fitted(model(), rows(gold, 0.1, 0.8), texts, gold, LABELS);
    assertThat(share.ofNetwork()).isZero();
    assertThat(share.ofNGrams()).isPositive();
  }

  /// As where a long file has it only behind the examples that n-grams are counted in.
  @Test
  void aClassThatTheNGramsNeverMetIsTheNetworks() {
    var gold = new ArrayList<>(gold(200));
    var labels = Labels.of(List.of("no", "yes", "rare"));
    double[][] network = new double[gold.size()][];
    for (int i = 0; i < network.length; i++) {
      gold.set(i, i % 4 == 0 ? "rare" : gold.get(i));
      network[i] = new double[] {0.1, 0.1, 0.1};
      network[i][labels.id(gold.get(i))] = 0.8;
    }
    var train = new NaiveBayes.Labelled(List.of("good", "bad"), List.of(1, 0));
    var two = NaiveBayes.choose(NaiveBayes.wordCandidates(), train, train, 3);
    var texts = texts(gold, 0.5);

    var share = NGramShare.fitted(two, network, texts, gold, labels);

    assertThat(share.ofNetwork()).isPositive();
    assertThat(share.ofNGrams()).isNotNaN();
    for (int i = 0; i < network.length; i++) {
      double[] mixed = share.mixed(network[i], texts.get(i));
      assertThat(mixed).doesNotContain(Double.NaN);
      assertThat(Evaluation.argmax(mixed)).isEqualTo(labels.id(gold.get(i)));
    }
  }

  @Test
  void withoutTextsTheNetworkAnswersAsItIs() {
    var share =
        NGramShare.fitted(model(), new double[][] {UNDECIDED}, List.of("x"), List.of("?"), LABELS);
    assertThat(share.mixed(UNDECIDED, "good")).isSameAs(UNDECIDED);
  }

  private List<String> gold(int count) {
    var gold = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      gold.add(random.nextBoolean() ? "yes" : "no");
    }
    return gold;
  }

  /// Texts that say what is right with that probability.
  private List<String> texts(List<String> gold, double right) {
    return gold.stream()
        .map(label -> label.equals("yes") == random.nextDouble() < right ? "good" : "bad")
        .toList();
  }

  private double[][] rows(List<String> gold, double right, double sure) {
    double[][] rows = new double[gold.size()][];
    for (int i = 0; i < rows.length; i++) {
      boolean yes = gold.get(i).equals("yes") == random.nextDouble() < right;
      rows[i] = yes ? new double[] {1 - sure, sure} : new double[] {sure, 1 - sure};
    }
    return rows;
  }

  private static NaiveBayes model() {
    var train = new NaiveBayes.Labelled(List.of("good", "good", "bad", "bad"), List.of(1, 1, 0, 0));
    return NaiveBayes.choose(NaiveBayes.wordCandidates(), train, train, 2);
  }

  private static double right(
      NGramShare share, double[][] rows, List<String> texts, List<String> gold) {
    int right = 0;
    for (int i = 0; i < rows.length; i++) {
      double[] mixed = share.mixed(rows[i], texts.get(i));
      right += mixed[1] > mixed[0] == gold.get(i).equals("yes") ? 1 : 0;
    }
    return (double) right / rows.length;
  }

  private static double loss(
      NGramShare share, double[][] rows, List<String> texts, List<String> gold) {
    double v = share.ofNetwork();
    double w = share.ofNGrams();
    double loss = (v - 1) * (v - 1) / 2 + w * w / 2;
    for (int i = 0; i < rows.length; i++) {
      loss -= Math.log(share.mixed(rows[i], texts.get(i))[LABELS.id(gold.get(i))]);
    }
    return loss;
  }
}
