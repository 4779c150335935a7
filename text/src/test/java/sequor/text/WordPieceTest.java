package sequor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.FileException;
import sequor.json.Json;
import sequor.settings.Places;

/// The longest pieces of a `vocab.txt`, as BERT reads.
class WordPieceTest {
  @TempDir Path folder;
  private Path vocabulary = Path.of("");

  @BeforeEach
  void write() throws IOException {
    vocabulary =
        Files.writeString(
            folder.resolve("vocab.txt"),
            """
            [PAD]
            [UNK]
            [CLS]
            [SEP]
            [MASK]
            cafe
            Café
            東
            京
            !
            un
            ##aff
            ##able
            ##a
            ,
            \u05e9\u05b8
            a\u00A0b
            """);
  }

  private List<String> tokens(boolean uncased, boolean accents, String text) {
    return WordPieceKind.read(vocabulary, uncased, accents).tokens(text);
  }

  @Test
  void uncasedAndCasedReadAsBert() {
    assertThat(tokens(true, true, "Café 東京\u00AD!")).containsExactly("cafe", "東", "京", "!");
    assertThat(tokens(false, false, "Café 東京\u00AD!")).containsExactly("Café", "東", "京", "!");
    assertThat(tokens(true, false, "\u05e9\u05b8")).containsExactly("\u05e9\u05b8");
    assertThat(tokens(true, true, "unaffable, UNAFF"))
        .containsExactly("un", "##aff", "##able", ",", "un", "##aff");
  }

  @Test
  void aWordWithOneUnknownPieceIsUnknownAsAWhole() {
    var bert = WordPieceKind.read(vocabulary, true, true);
    assertThat(bert.encode("unaffx cafe").ids()).containsExactly(1, 5);
    assertThat(bert.encode("un" + "a".repeat(98)).ids()[0]).isEqualTo(10);
    assertThat(bert.encode("un" + "a".repeat(99)).ids()).containsExactly(1);
    assertThat(bert.encode("[MASK] [UNK]").ids()).doesNotContain(4, 3, 2);
  }

  @Test
  void tokensAreFoundAgainAndJoined() {
    var bert = WordPieceKind.read(vocabulary, true, true);
    var encoding = bert.encode("Café 東京\u00AD!");
    assertThat(encoding.starts()).containsExactly(0, 5, 6, 8);
    assertThat(encoding.ends()).containsExactly(4, 6, 7, 9);
    assertThat(bert.decode(bert.encode("UNAFFABLE cafe").ids())).isEqualTo("unaffable cafe");
    var marked = bert.encode("cafe").marked(bert.vocabulary().bos(), bert.vocabulary().eos());
    assertThat(marked.ids()).containsExactly(2, 5, 3);
    assertThat(bert.decode(marked.ids())).isEqualTo("cafe");
  }

  @Test
  void aRecipeNamesTheFile() {
    var section =
        TokenSettings.section()
            .complete(
                Json.object()
                    .with("tokenizer", "wordpiece")
                    .with("vocabulary_file", vocabulary.toString())
                    .with("transforms", List.of("brackets")),
                "tokens.",
                Places.of("my.yaml"));
    var tokenizer = Tokenizer.learn(section, List.of("never read"));
    assertThat(tokenizer.transforms().getFirst()).isEqualTo(new Brackets());
    assertThat(tokenizer.tokens("un(!)affable")).containsExactly("un", "affable");
    tokenizer.save(folder.resolve("tokens.json"));
    assertThat(Tokenizer.load(folder.resolve("tokens.json"))).isEqualTo(tokenizer);
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    assertThatThrownBy(() -> WordPieceKind.read(folder.resolve("none"), true, true))
        .isInstanceOf(FileException.class);
    Files.writeString(vocabulary, "a\nb\n");
    assertThatThrownBy(() -> tokens(true, true, ""))
        .isInstanceOf(TextException.class)
        .hasMessageContaining("vocab.txt: expected the pieces [PAD] and [UNK]");
    Files.writeString(vocabulary, "[PAD]\n[UNK]\na\na\n");
    assertThatThrownBy(() -> tokens(true, true, ""))
        .isInstanceOf(TextException.class)
        .hasMessageContaining("vocab.txt: vocabulary: expected each token once, got \"a\" twice");
    Files.write(vocabulary, "[PAD]\n[UNK]\né".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> tokens(true, true, "")).hasMessageContaining("expected UTF-8");
  }
}
