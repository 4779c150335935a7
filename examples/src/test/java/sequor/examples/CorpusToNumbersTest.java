package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import sequor.tensor.Ids;

class CorpusToNumbersTest {
  @Test
  void aWidthCutsAndFillsUp() {
    var sentences = List.of(new int[] {5, 6, 7}, new int[] {8}, new int[0]);

    assertThat(CorpusToNumbers.toWidth(sentences, 2))
        .isEqualTo(Ids.of(new int[] {5, 6, 8, 0, 0, 0}, 3, 2));
  }

  @Test
  void itsClaimsHold() throws IOException {
    CorpusToNumbers.main();
  }
}
