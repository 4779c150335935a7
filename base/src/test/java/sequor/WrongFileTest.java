package sequor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrongFileTest {
  @Test
  void saysWhatItIsAndWhatToDo() {
    assertThat(WrongFile.of("PK\3\4\0\0", "save it as .csv"))
        .contains(
            new WrongFile("a zip archive, as .xlsx, .ods and .pt are too", "save it as .csv"));
    assertThat(WrongFile.of("\n <!DOCTYPE html>", "save it as .csv"))
        .contains(new WrongFile("a web page", "fetch the file that it shows"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text,label\n", "{}", "<b>bold</b>", "version,1"})
  void knowsNothingAgainstOthers(String head) {
    assertThat(WrongFile.of(head, "save it as .csv")).isEmpty();
  }
}
