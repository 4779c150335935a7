package sequor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.FileException;
import sequor.json.Json;
import sequor.json.JsonException;
import sequor.settings.Places;
import sequor.settings.SettingsException;

class TokenizerTest {
  private static final TokenSettings STANDARD = TokenSettings.standard();

  @TempDir Path folder;

  @Test
  void documentedExample() {
    var tokenizer = Tokenizer.learn(new Characters(), STANDARD, List.of("kang", "kim"));
    Encoding king = tokenizer.encode("king");
    assertThat(tokenizer.decode(king.ids())).isEqualTo("king");
    Path file = folder.resolve("model/tokens.json");
    tokenizer.save(file);
    assertThat(Tokenizer.load(file)).isEqualTo(tokenizer);
    assertThat(Tokenizer.load(file).encode("king").ids()).isEqualTo(king.ids());
  }

  @Test
  void theLayoutIsTheDocumentedOne() throws IOException {
    var tokenizer = Tokenizer.learn(new Characters(), STANDARD, List.of("kkkaag"));
    tokenizer.save(folder.resolve("tokens.json"));
    assertThat(Files.readString(folder.resolve("tokens.json")))
        .isEqualToIgnoringWhitespace(
            """
            {
              "format": "sequor-tokenizer",
              "version": 2,
              "transforms": ["nfc"],
              "tokenizer": {"kind": "characters"},
              "vocabulary": {
                "special": {"pad": 0, "unk": 1, "bos": 2, "eos": 3},
                "tokens": ["<pad>", "<unk>", "<bos>", "<eos>", "k", "a", "g"]
              }
            }
            """);
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  /// What the first release wrote.
  private static String first(boolean lowerCase) {
    return """
    {
      "format": "sequor-tokenizer",
      "version": 1,
      "tokenizer": {"kind": "characters", "lower_case": %s},
      "vocabulary": {
        "special": ["<pad>", "<unk>", "<bos>", "<eos>"],
        "tokens": ["k", "a", "g"]
      }
    }
    """
        .formatted(lowerCase);
  }

  @Test
  void theFirstLayoutIsStillRead() throws IOException {
    Path file = Files.writeString(folder.resolve("tokenizer.json"), first(false));
    assertThat(Tokenizer.load(file))
        .isEqualTo(Tokenizer.learn(new Characters(), STANDARD, List.of("kkkaag")));
    assertThat(Tokenizer.load(file).encode("Kag").ids()).containsExactly(1, 5, 6);

    Files.writeString(file, first(true));
    assertThat(Tokenizer.load(file))
        .isEqualTo(Tokenizer.learn(new Characters(), STANDARD.lowerCased(), List.of("kkkaag")));
    assertThat(Tokenizer.load(file).encode("Kag").ids()).containsExactly(4, 5, 6);
  }

  @Property(tries = 50)
  void savingLosesNothing(@ForAll List<@StringLength(max = 20) String> texts) throws IOException {
    Path file = Files.createTempFile("tokens", ".json");
    for (var tokenizer :
        List.of(
            Tokenizer.learn(new Characters(), STANDARD, texts),
            Tokenizer.learn(new Whitespace(), STANDARD.lowerCased(), texts))) {
      tokenizer.save(file);
      assertThat(Tokenizer.load(file)).isEqualTo(tokenizer);
    }
    Files.delete(file);
  }

  @Property(tries = 300)
  void aDamagedFileIsAClearError(
      @ForAll @IntRange(max = 600) int place,
      @ForAll byte value,
      @ForAll boolean cut,
      @ForAll boolean old)
      throws IOException {
    Path file = Files.createTempFile("tokens", ".json");
    if (old) {
      Files.writeString(file, first(true));
    } else {
      Tokenizer.learn(new Whitespace(), STANDARD, List.of("some words of a text é")).save(file);
    }
    byte[] bytes = Files.readAllBytes(file);
    int at = place % bytes.length;
    bytes[at] = value;
    Files.write(file, cut ? Arrays.copyOf(bytes, at) : bytes);
    try {
      Tokenizer.load(file); // a changed letter in a token is not damage that anybody could see
    } catch (JsonException | TextException e) {
      assertThat(e).hasMessageContaining(String.valueOf(file.getFileName()));
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void filesOfAnotherKindAreRefused() throws IOException {
    assertThatThrownBy(() -> Tokenizer.load(folder.resolve("tokens.json")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("no such file");
    Path file = folder.resolve("tokens.json");
    Labels.of(List.of("a")).save(file);
    assertThatThrownBy(() -> Tokenizer.load(file))
        .isInstanceOf(TextException.class)
        .hasMessageEndingWith(
            "tokens.json: expected the format \"sequor-tokenizer\", got \"sequor-labels\"; look"
                + " whether it is the right file");
    Files.writeString(file, "{\"format\":\"sequor-tokenizer\",\"version\":3}");
    assertThatThrownBy(() -> Tokenizer.load(file))
        .isInstanceOf(TextException.class)
        .hasMessageContaining("expected a version up to 2, got 3, which a newer Sequor wrote");
    Files.write(file, "{\"format\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Tokenizer.load(file)).hasMessageContaining("UTF-8");
  }

  @Test
  void whatNobodyKnowsIsRefusedWithItsFile() throws IOException {
    Path file = folder.resolve("tokens.json");
    Tokenizer.learn(new Characters(), STANDARD, List.of("ab")).save(file);
    String saved = Files.readString(file);

    Files.writeString(file, saved.replace("\"nfc\"", "\"nfcc\""));
    assertThatThrownBy(() -> Tokenizer.load(file))
        .isInstanceOf(TextException.class)
        .hasMessageContaining("tokens.json: transform: expected one of ")
        .hasMessageEndingWith("got \"nfcc\"; did you mean \"nfc\"?");
    Files.writeString(file, saved.replace("\"characters\"", "\"bytes\""));
    assertThatThrownBy(() -> Tokenizer.load(file))
        .isInstanceOf(TextException.class)
        .hasMessageContaining("tokens.json: tokenizer: expected one of bpe, characters, ");
    Files.writeString(file, saved.replace("\"unk\": 1", "\"mask\": 1"));
    assertThatThrownBy(() -> Tokenizer.load(file))
        .isInstanceOf(TextException.class)
        .hasMessageContaining("expected a special token for \"unk\", got only those for bos, eos");
    Files.writeString(file, saved.replace("\"eos\": 3", "\"eos\": 6"));
    assertThatThrownBy(() -> Tokenizer.load(file))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("vocabulary.special.eos: expected a whole number from 0 to 5, got 6");
  }

  /// The first layout had no other ones.
  @Test
  void otherSpecialTokensOfTheFirstLayoutAreRefused() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, first(false).replace("<bos>", "<s>"));
    assertThatThrownBy(() -> Tokenizer.load(file))
        .isInstanceOf(TextException.class)
        .hasMessageContaining(
            "vocabulary: expected the special tokens [<pad>, <unk>, <bos>, <eos>], got [<pad>,"
                + " <unk>, <s>, <eos>]");
  }

  @Test
  void specialTokensMayStandAnywhere() {
    var tokens = List.of("[PAD]", "a", "[UNK]", "[CLS]", "b", "[SEP]", "[MASK]", "c");
    var roles = Map.of("pad", 0, "unk", 2, "cls", 3, "sep", 5, "mask", 6);
    var bert = new Tokenizer(List.of(), new Whitespace(), Vocabulary.of(tokens, roles));

    assertThat(bert.encode("c b [MASK] a [CLS]").ids()).containsExactly(7, 4, 2, 1, 2);
    var marked =
        bert.encode("a b")
            .marked(bert.vocabulary().special("cls"), bert.vocabulary().special("sep"));
    assertThat(marked.ids()).containsExactly(3, 1, 4, 5);
    assertThat(bert.decode(3, 1, 6, 4, 2, 5, 0, 0)).isEqualTo("a [MASK] b [UNK]");

    bert.save(folder.resolve("tokens.json"));
    var loaded = Tokenizer.load(folder.resolve("tokens.json"));
    assertThat(loaded).isEqualTo(bert);
    assertThat(loaded.vocabulary().special("mask")).isEqualTo(6);
  }

  @Test
  void settingsSayHowTextsBecomeIds() {
    var written =
        Json.object()
            .with("tokenizer", "whitespace")
            .with("lower_case", true)
            .with("min_frequency", 2)
            .with("max_size", 5)
            .with("max_length", 2)
            .with("keep", "last");
    var section = TokenSettings.section().complete(written, "tokens.", Places.NOWHERE);
    var settings = section.as(TokenSettings.class);
    assertThat(settings)
        .isEqualTo(
            new TokenSettings(
                true, List.of(), Normalization.NFC, 2, 5, 2, TokenSettings.Keep.LAST));

    var tokenizer = Tokenizer.learn(section, List.of("A b b", "a C a", "c c d"));
    assertThat(tokenizer.segmenter()).isEqualTo(new Whitespace());
    assertThat(tokenizer.transforms()).containsExactly(new LowerCase(), new Nfc());
    assertThat(tokenizer.vocabulary().tokens())
        .containsExactly("<pad>", "<unk>", "<bos>", "<eos>", "a");
    assertThat(tokenizer.encode("A b a").ids()).containsExactly(4, 1, 4);
    assertThat(settings.cut(tokenizer.encode("A b a")).ids()).containsExactly(1, 4);
    assertThat(settings.cut(tokenizer.tokens("A b a"))).containsExactly("b", "a");
  }

  @Test
  void aTransformThatThereIsNotIsRefused() {
    var written = Json.object().with("transforms", List.of("lowercase"));
    assertThatThrownBy(
            () -> TokenSettings.section().complete(written, "tokens.", Places.of("my.yaml:3")))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(
            "my.yaml:3: tokens.transforms: expected a list of some of brackets, ")
        .hasMessageEndingWith(
            "got [\"lowercase\"]; there is no \"lowercase\"; did you mean \"lower_case\"?");
  }

  @Test
  void labelsSurviveTheirFile() {
    var labels = Labels.of(List.of("Korean", "Italian", "Korean"));
    assertThat(labels.id("Korean")).isEqualTo(1);
    assertThat(labels.name(0)).isEqualTo("Italian");
    assertThat(labels.names()).containsExactly("Italian", "Korean");
    assertThat(labels.contains("korean")).isFalse();
    assertThat(labels.notices()).isEmpty();
    assertThat(Labels.of(List.of("caf\u00e9", "cafe\u0301", "a")).notices())
        .containsExactly(
            "'caf\u00e9' is 2 labels, whose letters are written in different Unicode forms; write one"
                + " (NFC)");
    labels.save(folder.resolve("labels.json"));
    assertThat(Labels.load(folder.resolve("labels.json"))).isEqualTo(labels);
    assertThatThrownBy(() -> labels.id("korean"))
        .isInstanceOf(TextException.class)
        .hasMessage(
            "labels: expected a label (Italian, Korean), got \"korean\"; did you mean \"Korean\"?");
    assertThatThrownBy(() -> labels.name(2))
        .isInstanceOf(TextException.class)
        .hasMessage(
            "labels: expected a number from 0 to 1, got 2; does the model have other labels?");
  }

  @Test
  void labelsThatAreThereTwiceAreRefused() throws IOException {
    Path file = folder.resolve("labels.json");
    Files.writeString(
        file, "{\"format\":\"sequor-labels\",\"version\":1,\"labels\":[\"a\",\"b\",\"a\"]}");
    assertThatThrownBy(() -> Labels.load(file))
        .isInstanceOf(TextException.class)
        .hasMessage(
            "labels: expected each label once, got [a, b, a]; leave out what is there twice");
  }
}
