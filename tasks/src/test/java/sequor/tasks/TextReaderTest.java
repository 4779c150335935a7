package sequor.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;
import sequor.text.Whitespace;

class TextReaderTest {
  private static final List<String> TEXTS = List.of("a man sleeps\the is awake", "b\tc");
  private static final TokenSettings SETTINGS = TokenSettings.standard().lowerCased();
  private static final Tokenizer TOKENIZER =
      Tokenizer.learn(new Whitespace(), SETTINGS, TextReader.learned(TEXTS, true));

  private static TextReader reader(int most, boolean marks) {
    return new TextReader(
        TOKENIZER, SETTINGS.withMaxLength(most), new TextConfig.Marks(marks, false), true);
  }

  private static List<String> tokens(TextReader reader, String text) {
    return java.util.Arrays.stream(reader.read(text).encoding().ids())
        .mapToObj(TOKENIZER.vocabulary()::token)
        .toList();
  }

  @Test
  void aMarkStandsBetweenTwoTexts() {
    assertThat(tokens(reader(10, true), "A man\the is"))
        .containsExactly("<bos>", "a", "man", "<eos>", "he", "is", "<eos>");
    assertThat(tokens(reader(10, false), "A man\the is"))
        .containsExactly("a", "man", "<eos>", "he", "is");
    assertThat(tokens(reader(10, false), "\the")).containsExactly("<eos>", "he");
    assertThat(tokens(reader(10, true), "he\t")).containsExactly("<bos>", "he", "<eos>", "<eos>");
  }

  /// Every token's place is that in the user's own two texts, with the tab between them.
  @Test
  void placesPointIntoBothTexts() {
    String text = "A  man sleeps\tHe is awake";
    var encoding = reader(10, true).read(text).encoding();

    assertThat(encoding.length()).isEqualTo(9);
    String[] pieces = {"", "A", "man", "sleeps", "", "He", "is", "awake", ""};
    int[] words = {-1, 0, 1, 2, -1, 3, 4, 5, -1};
    for (int i = 0; i < pieces.length; i++) {
      assertThat(text.substring(encoding.starts()[i], encoding.ends()[i])).isEqualTo(pieces[i]);
      assertThat(encoding.words()[i]).isEqualTo(words[i]);
    }
    var reading = reader(10, true).reading(text);
    assertThat(reading.text()).isEqualTo(text);
    assertThat(reading.tokens()).hasSize(9);
    for (int i = 0; i < pieces.length; i++) {
      var token = reading.tokens().get(i);
      assertThat(token.id()).isEqualTo(encoding.ids()[i]);
      assertThat(token.start()).isEqualTo(encoding.starts()[i]);
      assertThat(token.end()).isEqualTo(encoding.ends()[i]);
    }
    assertThat(reading.steps().getFirst().text()).isEqualTo("a  man sleeps\the is awake");
  }

  /// The longer one first, then both.
  @ParameterizedTest
  @CsvSource({"6,3,3", "5,3,2", "4,2,2", "3,2,1", "1,1,0"})
  void tooMuchIsCutFromTheLonger(int most, int first, int second) {
    var read = reader(most, false).read("a man sleeps\the is awake");
    assertThat(read.cut()).isEqualTo(most < 6);
    assertThat(read.encoding().length()).isEqualTo(first + 1 + second);
    assertThat(read.encoding().ids()[first]).isEqualTo(TOKENIZER.vocabulary().eos());
    assertThat(reader(most, false).reading("a man sleeps\the is awake").left()).isEqualTo(6 - most);
    assertThat(reader(most, false).part("a man sleeps\the is awake").split(" ‖ ", -1)[0].split(" "))
        .hasSize(first);
  }

  @Test
  void whatTheShorterLeavesTheLongerGets() {
    assertThat(tokens(reader(5, false), "a man sleeps a man\the"))
        .containsExactly("a", "man", "sleeps", "a", "<eos>", "he");
    assertThat(tokens(reader(5, false), "he\ta man sleeps a man"))
        .containsExactly("he", "<eos>", "a", "man", "sleeps", "a");
  }

  @Test
  void aTabOfATextIsASpace() {
    assertThat(TextReader.joined("a\tb", "c\td")).isEqualTo("a b\tc d");
    assertThat(reader(9, true).texts("a\tb\tc")).containsExactly("a", "b\tc");
  }

  @Test
  void oneTextIsNoPair() {
    assertThatThrownBy(() -> reader(9, true).read("only one"))
        .isInstanceOf(TaskException.class)
        .hasMessageStartingWith(
            "pair of texts: expected two with a tab between, got \"only one\"; write both");
    assertThat(
            new TextReader(TOKENIZER, SETTINGS, new TextConfig.Marks(false, false), false)
                .texts("a\tb"))
        .containsExactly("a\tb");
  }
}
