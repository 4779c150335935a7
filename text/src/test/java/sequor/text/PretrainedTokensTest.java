package sequor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokenizers in folders of models, and one like BERT's that is learned.
class PretrainedTokensTest {
  private static final List<String> TEXTS =
      List.of("The schooner sails.", "the schooners sail!", "A sail, a schooner.");

  @TempDir Path folder;

  private static Tokenizer learned() {
    return WordPieceKind.learnBert(TEXTS, 60, 1, true, true);
  }

  @Test
  void whatIsLearnedReadsAsBertDoes() {
    var tokenizer = learned();
    var vocabulary = tokenizer.vocabulary();
    assertThat(vocabulary.tokens().subList(0, 5))
        .containsExactly("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
    assertThat(vocabulary.pad()).isZero();
    assertThat(vocabulary.bos()).isEqualTo(vocabulary.special("cls")).isEqualTo(2);
    assertThat(vocabulary.eos()).isEqualTo(vocabulary.special("sep")).isEqualTo(3);
    assertThat(vocabulary.special("mask")).isEqualTo(4);
    assertThat(tokenizer.tokens("THE sails!")).startsWith("the").endsWith("!");
    assertThat(tokenizer.decode(tokenizer.encode("The schooner sails.").ids()))
        .isEqualTo("the schooner sails .");
    assertThat(vocabulary.size()).isLessThanOrEqualTo(60);
  }

  /// A `vocab.txt` of its tokens, which is all that BERT's own reader needs.
  @Test
  void itsTokensAreAVocabularyOfBert() throws IOException {
    var tokenizer = learned();
    Files.write(folder.resolve("vocab.txt"), tokenizer.vocabulary().tokens());
    var again = PretrainedKind.read(folder);
    for (var text : TEXTS) {
      assertThat(again.encode(text).ids()).isEqualTo(tokenizer.encode(text).ids());
    }
  }

  @Test
  void ourOwnFileComesFirstAndARunsModelIsFound() throws IOException {
    var model = Files.createDirectory(folder.resolve("model"));
    Files.write(model.resolve("vocab.txt"), List.of("[PAD]", "[UNK]", "other"));
    assertThat(PretrainedKind.read(folder).vocabulary().size()).isEqualTo(3);
    learned().save(model.resolve("tokens.json"));
    assertThat(PretrainedKind.read(folder).vocabulary().tokens())
        .isEqualTo(learned().vocabulary().tokens());
    assertThat(PretrainedKind.read(model).encode("a sail").ids())
        .isEqualTo(learned().encode("a sail").ids());
  }

  @Test
  void aFolderWithoutTokensSaysWhatIsMissing() throws IOException {
    assertThatThrownBy(() -> PretrainedKind.read(folder))
        .isInstanceOf(TextException.class)
        .hasMessage(
            folder
                + ": expected tokens.json, tokenizer.json or vocab.txt, got none of them; fetch the"
                + " whole folder of the model");
    Files.write(folder.resolve("vocab.txt"), List.of("[PAD]", "[UNK]"));
    Files.writeString(
        folder.resolve("tokenizer_config.json"), "{\"tokenize_chinese_chars\": false}");
    assertThatThrownBy(() -> PretrainedKind.read(folder))
        .isInstanceOf(TextException.class)
        .hasMessageContaining("expected tokenize_chinese_chars true, got false");
  }
}
