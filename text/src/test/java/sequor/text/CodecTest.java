package sequor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.json.JsonException;

class CodecTest {
  @TempDir Path folder;

  @Test
  void documentedExample() throws IOException {
    var codec = Codec.learn(new CharacterTokenizer(), List.of("kang", "kim"));
    int[] ids = codec.encode("king");
    assertThat(codec.decode(ids)).isEqualTo("king");
    Path file = folder.resolve("model/tokenizer.json");
    codec.save(file);
    assertThat(Codec.load(file)).isEqualTo(codec);
    assertThat(Codec.load(file).encode("king")).isEqualTo(ids);
  }

  @Test
  void theLayoutIsTheDocumentedOne() throws IOException {
    var codec = Codec.learn(new CharacterTokenizer(), List.of("kkkaag"));
    codec.save(folder.resolve("tokenizer.json"));
    assertThat(Files.readString(folder.resolve("tokenizer.json")))
        .isEqualToIgnoringWhitespace(
            """
            {
              "format": "sequor-tokenizer",
              "version": 1,
              "tokenizer": {"kind": "characters", "lower_case": false},
              "vocabulary": {
                "special": ["<pad>", "<unk>", "<bos>", "<eos>"],
                "tokens": ["k", "a", "g"]
              }
            }
            """);
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Property(tries = 50)
  void savingLosesNothing(@ForAll List<@StringLength(max = 20) String> texts) throws IOException {
    Path file = Files.createTempFile("tokenizer", ".json");
    for (Tokenizer tokenizer :
        new Tokenizer[] {new CharacterTokenizer(), new WhitespaceTokenizer(true)}) {
      var codec = Codec.learn(tokenizer, texts);
      codec.save(file);
      assertThat(Codec.load(file)).isEqualTo(codec);
    }
    Files.delete(file);
  }

  @Property(tries = 300)
  void aDamagedFileIsAClearError(
      @ForAll @IntRange(max = 400) int place, @ForAll byte value, @ForAll boolean cut)
      throws IOException {
    Path file = Files.createTempFile("tokenizer", ".json");
    var codec = Codec.learn(new WhitespaceTokenizer(), List.of("some words of a text é"));
    codec.save(file);
    byte[] bytes = Files.readAllBytes(file);
    int at = place % bytes.length;
    bytes[at] = value;
    Files.write(file, cut ? Arrays.copyOf(bytes, at) : bytes);
    try {
      Codec.load(file); // a changed letter in a token is not damage that anybody could see
    } catch (JsonException | TextException e) {
      assertThat(e).hasMessageContaining("tokenizer");
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void filesOfAnotherKindAreRefused() throws IOException {
    assertThatThrownBy(() -> Codec.load(folder.resolve("tokenizer.json")))
        .isInstanceOf(TextException.class)
        .hasMessageContaining("no such file");
    Path file = folder.resolve("tokenizer.json");
    Labels.of(List.of("a")).save(file);
    assertThatThrownBy(() -> Codec.load(file))
        .isInstanceOf(TextException.class)
        .hasMessageContaining("format \"sequor-labels\" — it must be \"sequor-tokenizer\"");
    Files.writeString(file, "{\"format\":\"sequor-tokenizer\",\"version\":2}");
    assertThatThrownBy(() -> Codec.load(file)).hasMessageContaining("newer");
    Files.write(file, "{\"format\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Codec.load(file)).hasMessageContaining("UTF-8");
  }

  @Test
  void otherSpecialTokensAreRefused() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Codec.learn(new CharacterTokenizer(), List.of("ab")).save(file);
    Files.writeString(file, Files.readString(file).replace("<bos>", "<s>"));
    assertThatThrownBy(() -> Codec.load(file)).hasMessageContaining("they must be [<pad>,");
  }

  @Test
  void labelsSurviveTheirFile() throws IOException {
    var labels = Labels.of(List.of("Korean", "Italian", "Korean"));
    assertThat(labels.id("Korean")).isEqualTo(1);
    assertThat(labels.name(0)).isEqualTo("Italian");
    labels.save(folder.resolve("labels.json"));
    assertThat(Labels.load(folder.resolve("labels.json"))).isEqualTo(labels);
    assertThatThrownBy(() -> labels.id("korean"))
        .isInstanceOf(TextException.class)
        .hasMessage(
            "labels: no label \"korean\" — there are Italian, Korean; did you mean \"Korean\"?");
    assertThatThrownBy(() -> labels.name(2)).hasMessageContaining("0 to 1");
  }
}
