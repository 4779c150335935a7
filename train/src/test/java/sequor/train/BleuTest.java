package sequor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// BLEU and chrF are sacreBLEU's.
class BleuTest {
  private static final Bleu BLEU = Bleu.standard();
  private static final Chrf CHRF = Chrf.standard();

  /// A row of what scores.py wrote.
  private record Scored(String hypothesis, String reference, String second, List<Double> scores) {
    static List<Scored> all() throws IOException {
      try (var in = Objects.requireNonNull(BleuTest.class.getResourceAsStream("scores.tsv"))) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return Arrays.stream(text.split("\n")).map(Scored::of).toList();
      }
    }

    private static Scored of(String line) {
      String[] cells = line.split("\t", -1);
      var scores = Arrays.stream(cells).skip(3).map(Double::valueOf).toList();
      return new Scored(cells[0], cells[1], cells[2], scores);
    }
  }

  @Test
  void sentencesScoreAsTheyDoThere() throws IOException {
    var all = Scored.all();
    assertThat(all).hasSizeGreaterThan(100);
    for (var each : all.subList(0, all.size() - 1)) {
      String said = each.hypothesis;
      String right = each.reference;
      var both = List.of(right, each.second);
      var scores =
          List.of(
              BLEU.sentence(said, right).score(),
              BLEU.withTokenizer(BleuTokenizer.INTL).sentence(said, right).score(),
              BLEU.lowerCased().sentence(said, right).score(),
              BLEU.withTokenizer(BleuTokenizer.CHAR).sentence(said, right).score(),
              BLEU.sentence(said, right, each.second).score(),
              CHRF.score(CHRF.counts(said, List.of(right))),
              sentence(new Chrf(6, 2, false), said, List.of(right)),
              sentence(CHRF, said, both));
      for (int i = 0; i < scores.size(); i++) {
        assertThat(scores.get(i))
            .as("score %d of \"%s\" beside \"%s\"", i, said, right)
            .isCloseTo(each.scores.get(i), within(1e-9));
      }
    }
  }

  private static double sentence(Chrf chrf, String said, List<String> right) {
    return chrf.score(chrf.counts(said, right));
  }

  @Test
  void aCorpusScoresAsItDoesThere() throws IOException {
    var all = Scored.all();
    var expected = all.getLast().scores;
    var rows = all.subList(0, all.size() - 1);
    var metrics =
        List.of(
            BLEU,
            BLEU.withTokenizer(BleuTokenizer.INTL),
            BLEU.lowerCased(),
            BLEU.withTokenizer(BleuTokenizer.CHAR),
            BLEU,
            CHRF,
            new Chrf(6, 2, false),
            CHRF);
    for (int m = 0; m < metrics.size(); m++) {
      long[] sum = new long[metrics.get(m).counts("", List.of("")).length];
      for (var row : rows) {
        boolean both = m == 4 || m == 7;
        var right = both ? List.of(row.reference, row.second) : List.of(row.reference);
        CorpusMetric.add(sum, metrics.get(m).counts(row.hypothesis, right), 1);
      }
      assertThat(metrics.get(m).score(sum))
          .as("metric %d", m)
          .isCloseTo(expected.get(m), within(1e-9));
    }
  }

  @Test
  void edgesAreWhatTheyAreThere() {
    var two = List.of("left right");
    assertThat(BLEU.corpus(two, two)).isZero(); // there are no quadruples
    assertThat(BLEU.sentence("left right", "left right").score()).isCloseTo(100, within(1e-9));
    assertThat(BLEU.corpus(List.of("a b c d"), List.of("e f g h"))).isZero();
    assertThat(BLEU.corpus(List.of(""), List.of("a b c d"))).isZero();
    assertThat(BLEU.sentence("", "a b c d").score()).isZero();
    assertThat(BLEU.corpus(List.of(), List.of())).isZero();
    String the = "the the the the the the the";
    assertThat(BLEU.sentence(the, "the cat is on the mat").score()).isCloseTo(7.81, within(0.005));
    assertThat(BLEU.corpus(List.of(the), List.of("the cat is on the mat")))
        .isCloseTo(7.81, within(0.005));
    assertThat(BLEU.corpus(List.of("The cat sat on the mat."), List.of("the cat sat on the mat .")))
        .isCloseTo(80.91, within(0.005));
  }

  @Test
  void anEmptyLineCounts() {
    var said = List.of("the cat sat on the mat .", "", "a dog runs in the park today");
    var right = List.of("the cat sat on the mat .", "hello there", "a dog ran in the park today");

    assertThat(BLEU.of(said, right))
        .hasToString(
            "66.12 92.9/83.3/70.0/62.5 (BP = 0.867 ratio = 0.875 hyp_len = 14 ref_len = 16)");
  }

  @Test
  void theSignatureSaysHow() {
    assertThat(BLEU.signature(1))
        .isEqualTo("nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0");
    assertThat(BLEU.lowerCased().withTokenizer(BleuTokenizer.INTL).signature(2))
        .isEqualTo("nrefs:2|case:lc|eff:no|tok:intl|smooth:exp|version:2.6.0");
    assertThat(CHRF.signature(1))
        .isEqualTo("nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0");
  }

  @Test
  void asManyReferencesAsHypotheses() {
    assertThatThrownBy(() -> BLEU.corpus(List.of("a", "b"), List.of("a")))
        .hasMessage(
            "bleu: 2 hypotheses and 1 references — each sentence needs one; pair them line by line");
  }

  /// Random corpora: scores lie from 0 to 100, the right texts have 100, the order of the sentences
  /// does not matter, and to chrF twice the corpus is as good as the corpus.
  @Test
  void holdsForAnyCorpus() {
    var random = new Random(11);
    for (int round = 0; round < 60; round++) {
      var said = texts(random);
      var right = texts(random);
      for (var metric : List.of(BLEU, BLEU.withTokenizer(BleuTokenizer.INTL), CHRF)) {
        double score = metric.corpus(said, right);
        assertThat(score).isBetween(0.0, 100 + 1e-9);
        assertThat(metric.corpus(right, right)).isCloseTo(100, within(1e-9));
        var order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
        Collections.shuffle(order, random);
        assertThat(
                metric.corpus(
                    order.stream().map(said::get).toList(),
                    order.stream().map(right::get).toList()))
            .isEqualTo(score);
      }
      double score = CHRF.corpus(said, right); // which nothing smooths
      assertThat(CHRF.corpus(twice(said), twice(right))).isCloseTo(score, within(1e-9));
    }
  }

  private static List<String> twice(List<String> texts) {
    var both = new ArrayList<>(texts);
    both.addAll(texts);
    return both;
  }

  /// Six sentences of four words or more.
  private static List<String> texts(Random random) {
    var words = List.of("der", "Hund", "läuft", ",", "3.5", "über", "d'un", "日本", "–", "☺", "A.B");
    return random
        .ints(6, 4, 12)
        .mapToObj(
            length ->
                random
                    .ints(length, 0, words.size())
                    .mapToObj(words::get)
                    .collect(Collectors.joining(" ")))
        .toList();
  }
}
