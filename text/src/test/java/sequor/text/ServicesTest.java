package sequor.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.settings.Places;
import sequor.settings.Setting;
import sequor.settings.Settings;

/// What others add by a class and a line in `META-INF/services`.
class ServicesTest {
  @TempDir Path folder;

  /// Leaves out what stands between < and >.
  public record WithoutTags() implements Transform {
    @Override
    public String name() {
      return "without_tags";
    }

    @Override
    public String about() {
      return "no tags";
    }

    @Override
    public MappedText apply(MappedText mapped) {
      String text = mapped.text();
      var plain = new MappedText.Builder(mapped);
      int from = 0;
      for (int at = text.indexOf('<'); at >= 0; at = text.indexOf('<', from)) {
        plain.copy(from, at);
        from = Math.max(at, text.indexOf('>', at)) + 1;
      }
      return plain.copy(from, text.length()).text();
    }
  }

  /// One token every so many characters.
  public record Chunks(int length) implements Segmenter {
    @Override
    public void segment(String text, Tokens tokens) {
      for (int start = 0; start < text.length(); start += length) {
        int end = Math.min(text.length(), start + length);
        tokens.add(text.substring(start, end), start, end, 0);
      }
    }

    @Override
    public String join(List<String> tokens) {
      return String.join("", tokens);
    }

    @Override
    public String kind() {
      return "chunks";
    }

    @Override
    public JsonObject settings() {
      return Json.object().with("length", length);
    }
  }

  public record ChunkSettings(
      @Setting(value = "2", min = 1, max = 9, about = "of a chunk") int chunkLength) {}

  public record ChunksKind() implements SegmenterKind {
    @Override
    public String name() {
      return "chunks";
    }

    @Override
    public String about() {
      return "some characters each";
    }

    @Override
    public Class<? extends Record> settings() {
      return ChunkSettings.class;
    }

    @Override
    public Segmenter learn(Settings settings, Iterable<String> texts) {
      return new Chunks(settings.as(ChunkSettings.class).chunkLength());
    }

    @Override
    public Segmenter load(JsonObject settings) {
      return new Chunks(settings.wholeNumber("length", 1, 9));
    }
  }

  @Test
  void theyAreFoundByName() {
    assertThat(Transform.all().names()).contains("lower_case", "nfc", "without_tags");
    assertThat(SegmenterKind.all().names()).contains("characters", "chunks", "whitespace");
  }

  @Test
  void theyAreLearnedSavedAndLoadedLikeOurs() {
    var written =
        Json.object()
            .with("tokenizer", "chunks")
            .with("chunk_length", 3)
            .with("transforms", List.of("without_tags"))
            .with("lower_case", true);
    var section = TokenSettings.section().complete(written, "tokens.", Places.NOWHERE);

    var tokenizer = Tokenizer.learn(section, List.of("<b>FINE</b>!", "fine"));
    assertThat(tokenizer.segmenter()).isEqualTo(new Chunks(3));
    assertThat(tokenizer.transforms())
        .containsExactly(new WithoutTags(), new LowerCase(), new Nfc());
    var encoding = tokenizer.encode("A<i>F</i>INE");
    assertThat(tokenizer.tokens("A<i>F</i>INE")).containsExactly("afi", "ne");
    assertThat(encoding.starts()).containsExactly(0, 10);
    assertThat(encoding.ends()).containsExactly(10, 12);
    assertThat(tokenizer.decode(tokenizer.encode("Fine!").ids())).isEqualTo("fine!");

    tokenizer.save(folder.resolve("tokens.json"));
    assertThat(Tokenizer.load(folder.resolve("tokens.json"))).isEqualTo(tokenizer);
  }
}
