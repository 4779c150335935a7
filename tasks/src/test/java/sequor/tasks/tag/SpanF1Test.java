package sequor.tasks.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sequor.tasks.TaskException;
import sequor.tasks.tag.SpanF1.Counts;

class SpanF1Test {

  private static List<String> tags(String tags) {
    return tags.isEmpty() ? List.of() : List.of(tags.split(" ", -1));
  }

  private static Counts counts(SpanF1 f1, String gold, String said) {
    f1.add(tags(gold), tags(said));
    return f1.micro();
  }

  /// seqeval #23 and #57: the two ways of reading tell different things.
  @Test
  void tagsThatStartWithI() {
    assertThat(counts(SpanF1.conlleval(), "B-X I-X", "I-X I-X")).isEqualTo(new Counts(1, 1, 1));
    assertThat(counts(SpanF1.strict(TagScheme.BIO), "B-X I-X", "I-X I-X"))
        .isEqualTo(new Counts(1, 0, 0));
  }

  /// conlleval.py #1: the two halves of one long span are not it.
  @Test
  void twoSpansThatWereTakenForOne() {
    for (var f1 : List.of(SpanF1.conlleval(), SpanF1.strict(TagScheme.BIOES))) {
      var counts = counts(f1, "B-M E-M B-M E-M", "B-M I-M I-M E-M");
      assertThat(counts).isEqualTo(new Counts(2, 1, 0));
      assertThat(counts.f1()).isZero();
    }
  }

  /// The example of the CoNLL-2000 shared task, its tags alone, and what the script printed of it.
  @Test
  void thePublishedExampleOfConlleval() throws IOException {
    var f1 = SpanF1.conlleval();
    var strict = SpanF1.strict(TagScheme.BIO);
    var gold = new ArrayList<String>();
    var said = new ArrayList<String>();
    try (var in = getClass().getResourceAsStream("conll2000-example.tags")) {
      assertThat(in).isNotNull();
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8) + "\n";
      for (var line : text.lines().toList()) {
        if (line.isBlank()) {
          f1.add(gold, said);
          strict.add(gold, said);
          gold.clear();
          said.clear();
        } else {
          var cells = line.split(" ", -1);
          gold.add(cells[0]);
          said.add(cells[1]);
        }
      }
    }
    f1.add(gold, said);
    assertThat(f1.report())
        .isEqualTo(
            """
            processed 961 tokens with 459 phrases; found: 539 phrases; correct: 371.
            accuracy:  84.08%; precision:  68.83%; recall:  80.83%; FB1:  74.35
                         ADJP: precision:   0.00%; recall:   0.00%; FB1:   0.00  1
                         ADVP: precision:  45.45%; recall:  62.50%; FB1:  52.63  11
                           NP: precision:  64.98%; recall:  78.63%; FB1:  71.16  317
                           PP: precision:  83.18%; recall:  98.89%; FB1:  90.36  107
                         SBAR: precision:  66.67%; recall:  33.33%; FB1:  44.44  3
                           VP: precision:  69.00%; recall:  79.31%; FB1:  73.80  100
            """);
    assertThat(strict.micro().found()).isLessThan(539);
  }

  /// The example of seqeval's own tests.
  @Test
  void typesAndMeans() {
    var f1 = SpanF1.strict(TagScheme.BIO);
    f1.add(tags("B-A B-B O B-A"), tags("O B-B B-C B-A"));
    assertThat(f1.types())
        .hasToString(
            "{A=Counts[gold=2, found=1, right=1], B=Counts[gold=1, found=1, right=1],"
                + " C=Counts[gold=0, found=1, right=0]}");
    assertThat(f1.micro().f1()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(f1.macroF1()).isCloseTo(0.5555555555555555, within(1e-12));
    assertThat(f1.accuracy()).isEqualTo(0.5);
    assertThat(f1.tokens()).isEqualTo(4);
    assertThat(f1.method()).isEqualTo("strict BIO");
  }

  @Test
  void nothingToFindAndNothingFound() {
    var f1 = SpanF1.conlleval();
    assertThat(f1.report())
        .isEqualTo("processed 0 tokens with 0 phrases; found: 0 phrases; correct: 0.\n");
    f1.add(tags("O O"), tags("O O"));
    assertThat(f1.micro().f1()).isZero();
    assertThat(f1.accuracy()).isOne();
    assertThatThrownBy(() -> f1.add(tags("O"), tags("O O")))
        .isInstanceOf(TaskException.class)
        .hasMessage(
            "span f1: expected as many tags as tokens, got 2 for 1; pair sentence with sentence");
    assertThatThrownBy(() -> SpanF1.strict(TagScheme.BIO).add(tags("O S-X"), tags("O O")))
        .hasMessage(
            "tags: expected the letters O I B of BIO, got 'S-X' at token 1; name the scheme that the"
                + " tags are written in");
  }
}
