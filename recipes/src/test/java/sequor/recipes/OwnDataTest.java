package sequor.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnDataTest {
  @TempDir Path folder;

  private OwnData look(List<String> rows, String... overrides) throws IOException {
    var file = Files.write(folder.resolve("own.csv"), rows);
    var all = new ArrayList<>(List.of("data.file=" + file));
    all.addAll(List.of(overrides));
    return OwnData.look("classify", file, all);
  }

  private static List<String> rows(int count, String text, int labels) {
    var rows = new ArrayList<>(List.of("text,label"));
    for (int i = 0; i < count; i++) {
      rows.add(text.formatted(i) + ",l" + i % labels);
    }
    return rows;
  }

  @Test
  void aSmallFileMakesASmallModel() throws IOException {
    var small = look(rows(100, "the printer number %d is on fire", 2));
    assertThat(small.recipe().settings().section("model").values().number("buckets"))
        .isEqualTo(2 * 100 * 7);
    assertThat(small.recipe().settings().section("tokens").text("tokenizer")).isEqualTo("words");
    var large = look(rows(19_000, "the printer number %d is on fire", 2));
    assertThat(large.recipe().settings().section("model").values().number("buckets"))
        .isEqualTo(200_000);
    var set = look(rows(100, "the printer number %d is on fire", 2), "model.buckets=77");
    assertThat(set.recipe().settings().section("model").values().number("buckets")).isEqualTo(77);
  }

  @Test
  void moreLabelsThanAreCountedAreSaidToBeMore() throws IOException {
    var look = look(rows(10_500, "the printer number %d is on fire", 5_200), "data.label=label");
    assertThat(look.found()).anyMatch(line -> line.startsWith("label  label: more than 5,000 "));
  }
}
