package sequor.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> NAMES = List.of("hidden_size", "cell", "Korean", "é😀");

  @ParameterizedTest
  @CsvSource({
    "hiden_size, hidden_size",
    "HIDDEN-SIZE, hidden_size",
    "cel, cell",
    "clel, cell",
    "korean, Korean",
    "é, ''", // half of the letters are not near
    "layers, ''",
    "'', ''",
  })
  void theNearestIsMeant(String wrong, String near) {
    String hint = near.isEmpty() ? "" : "; did you mean \"" + near + "\"?";
    assertThat(Nearest.hint(wrong, NAMES.subList(0, 3))).isEqualTo(hint);
  }

  @Test
  void theErrorNamesWhatThereIs() {
    assertThat(Nearest.unknown("key", "cel", NAMES))
        .isEqualTo(
            "expected a key (hidden_size, cell, Korean, é😀), got \"cel\"; did you mean \"cell\"?");
    var many = IntStream.range(0, 50).mapToObj(i -> "name" + i).toList();
    assertThat(Nearest.unknown("key", "x".repeat(1000), many))
        .contains("name38, name39, … (50 in all)), got \"xxx")
        .endsWith("xxx\"; take one of these");
  }
}
