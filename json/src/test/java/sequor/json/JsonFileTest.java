package sequor.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.FileException;

class JsonFileTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() {
    var file = new JsonFile(folder.resolve("new/config.json"));
    var json = Json.object().with("a", 1).with("b", "é");
    assertThat(file.exists()).isFalse();
    file.write(json);
    assertThat(file.exists()).isTrue();
    assertThat(file.read()).isEqualTo(json);
    assertThat(file.path()).hasContent("{\n  \"a\": 1,\n  \"b\": \"é\"\n}\n");
  }

  @Test
  void errorsNameTheFile() throws IOException {
    var file = new JsonFile(folder.resolve("config.json"));
    assertThatThrownBy(file::read)
        .isInstanceOf(FileException.class)
        .hasMessageContaining("config.json: expected to read it, got no such file");
    Files.writeString(file.path(), "{\"a\": }");
    assertThatThrownBy(file::read)
        .isInstanceOf(JsonException.class)
        .hasMessageStartingWith("config.json:1:7: expected a value, got }");
    Files.writeString(file.path(), "[]");
    assertThatThrownBy(file::read)
        .isInstanceOf(JsonException.class)
        .hasMessageStartingWith("config.json: expected an object");
    Files.writeString(file.path(), "{\"a\": 1}");
    assertThatThrownBy(() -> file.read().text("a")).hasMessageStartingWith("config.json: a:");
  }
}
