package sequor.tasks.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.tasks.TaskException;

class TagSchemeTest {
  private final Random random = new Random(8);

  private static List<String> tags(String tags) {
    return List.of(tags.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource({
    "IO, I-P I-P I-P I-P O I-L",
    "IOB1, I-P I-P B-P I-P O I-L",
    "BIO, B-P I-P B-P I-P O B-L",
    "BIOES, B-P E-P B-P E-P O S-L"
  })
  void spansInEveryScheme(TagScheme scheme, String written) {
    var spans = List.of(new TagSpan("P", 0, 2), new TagSpan("P", 2, 4), new TagSpan("L", 5, 6));
    assertThat(scheme.tags(spans, 6)).isEqualTo(tags(written));
    var read = scheme == TagScheme.IO ? List.of(new TagSpan("P", 0, 4), spans.get(2)) : spans;
    assertThat(scheme.spans(tags(written))).isEqualTo(read);
    assertThat(scheme.strictSpans(tags(written))).isEqualTo(read);
    assertThat(scheme.keeps(tags(written))).isTrue();
    assertThat(TagScheme.detect(List.of(List.of(), tags(written)))).contains(scheme);
  }

  @ParameterizedTest
  @EnumSource
  void anySpansComeBack(TagScheme scheme) {
    for (int round = 0; round < 500; round++) {
      int length = random.nextInt(12);
      var spans = new ArrayList<TagSpan>();
      for (int at = random.nextInt(3); at < length; ) {
        int to = Math.min(length, at + 1 + random.nextInt(3));
        spans.add(new TagSpan(random.nextBoolean() ? "A" : "B-C", at, to));
        // neighbours of one type are one in IO
        at = to + random.nextInt(2) + (scheme == TagScheme.IO ? 1 : 0);
      }
      var written = scheme.tags(spans, length);
      assertThat(scheme.spans(written)).isEqualTo(spans);
      assertThat(scheme.strictSpans(written)).isEqualTo(spans);
      assertThat(scheme.keeps(written)).isTrue();
      for (var other : TagScheme.values()) {
        if (other != TagScheme.IO) {
          assertThat(other.convert(scheme.convert(written, other), scheme)).isEqualTo(written);
        }
      }
    }
  }

  /// A sequence keeps its scheme where, and only where, each step is one of the allowed ones; and
  /// then both ways of reading agree.
  @ParameterizedTest
  @EnumSource
  void constraintsAreWhatKeepsTheScheme(TagScheme scheme) {
    var labels = new ArrayList<>(List.of("O"));
    for (var letter :
        switch (scheme) {
          case IO -> List.of("I");
          case IOB1, BIO -> List.of("B", "I");
          case BIOES -> List.of("B", "I", "E", "S");
        }) {
      labels.add(letter + "-X");
      labels.add(letter + "-Y");
    }
    var constraints = scheme.constraints(labels);
    int kept = 0;
    for (int round = 0; round < 5000; round++) {
      int[] path = random.ints(random.nextInt(6), 0, labels.size()).toArray();
      var written = Arrays.stream(path).mapToObj(labels::get).toList();
      boolean keeps = scheme.keeps(written);
      assertThat(constraints.allows(path)).as("%s", written).isEqualTo(keeps);
      if (keeps) {
        assertThat(scheme.strictSpans(written)).isEqualTo(scheme.spans(written));
        kept++;
      }
      assertThat(scheme.keeps(scheme.repaired(written))).isTrue();
      assertThat(scheme.spans(scheme.repaired(written))).isEqualTo(scheme.spans(written));
    }
    assertThat(kept).isGreaterThan(500);
  }

  @ParameterizedTest
  @CsvSource({
    "BIO, O I-X I-X I-Y, O B-X I-X B-Y, 2",
    "BIO, B-X I-Y O I-Y, B-X B-Y O B-Y, 2",
    "IOB1, B-X O B-Y I-Y, I-X O I-Y I-Y, 2",
    "BIOES, B-X O I-X I-X, S-X O B-X E-X, 3",
    "BIOES, E-X B-X B-X S-X, S-X S-X S-X S-X, 3",
    "BIOES, B-X L-X U-X O, B-X E-X S-X O, 0"
  })
  void brokenTagsAreRepairedAndCounted(
      TagScheme scheme, String broken, String repaired, int count) {
    var repair = TagRepair.repairing(scheme, scheme);
    assertThat(repair.read(tags(broken), "a:1")).isEqualTo(tags(repaired));
    assertThat(repair.read(tags(repaired), "a:6")).isEqualTo(tags(repaired));
    assertThat(repair.sentences()).isEqualTo(2);
    assertThat(repair.brokenSentences()).isEqualTo(count > 0 ? 1 : 0);
    assertThat(repair.brokenTags()).isEqualTo(count);
  }

  @Test
  void brokenTagsAreRefusedWithTheirPlace() {
    var refusing = TagRepair.refusing(TagScheme.BIO, TagScheme.BIOES);
    assertThat(refusing.read(tags("B-X I-X O B-Y"), "a:1")).isEqualTo(tags("B-X E-X O S-Y"));
    assertThatThrownBy(() -> refusing.read(tags("O B-Y I-X"), "a:6"))
        .isInstanceOf(TaskException.class)
        .hasMessage(
            "a:6: expected tags that keep BIO, got 'I-X' at token 2 after 'B-Y'; mend the file, or"
                + " have broken tags repaired ('B-X')");
    assertThat(refusing.brokenSentences()).isEqualTo(1);
  }

  @Test
  void schemesAreDetected() {
    assertThat(TagScheme.detect(List.of(tags("O O")))).isEmpty();
    assertThat(TagScheme.detect(List.of(tags("NOUN VERB")))).isEmpty();
    assertThat(TagScheme.detect(List.of(tags("B-X I-X"), tags("B-X NOUN")))).isEmpty();
    assertThat(TagScheme.detect(List.of(tags("I-X O"), tags("I-X B-X")))).contains(TagScheme.IOB1);
    assertThat(TagScheme.detect(List.of(tags("I-X O"), tags("B-X O")))).contains(TagScheme.BIO);
    assertThat(TagScheme.detect(List.of(tags("B I B O")))).contains(TagScheme.BIO);
    assertThat(TagScheme.detect(List.of(tags("B-X L-X")))).contains(TagScheme.BIOES);
  }

  @Test
  void mistakesAreSaid() {
    assertThatThrownBy(() -> TagScheme.BIO.tags(List.of(new TagSpan("X", 1, 4)), 3))
        .hasMessageContaining("expected spans within 3 tokens");
    var overlapping = List.of(new TagSpan("X", 0, 2), new TagSpan("Y", 1, 3));
    assertThatThrownBy(() -> TagScheme.BIO.tags(overlapping, 3))
        .hasMessageContaining("got two over token 1");
    assertThatThrownBy(() -> new TagSpan("X", 1, 1)).hasMessageContaining("got 1 and 1");
    assertThatThrownBy(() -> TagScheme.BIO.constraints(List.of("O", "NOUN")))
        .hasMessageContaining("got 'NOUN' at token 1");
  }
}
