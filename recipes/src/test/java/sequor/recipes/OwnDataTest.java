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

  @Test
  void aTableOfOneColumnHasNoLabels() throws IOException {
    var lines = List.of("text", "a printer on fire", "a new password");
    assertThat(look(lines).found()).isEmpty(); // the training says which column it lacks
  }

  private OwnData tags(String name, String content, String... overrides) throws IOException {
    var file = Files.writeString(folder.resolve(name), content);
    var all = new ArrayList<>(List.of("data.file=" + file));
    all.addAll(List.of(overrides));
    return OwnData.look("tag", file, all);
  }

  /// What is chosen for the words of a text is no key of another tokenizer.
  @Test
  void anotherTokenizerIsTaken() throws IOException {
    var look = tags("eng.train", "EU NNP B-ORG\n", "tokens.tokenizer=whitespace");
    var tokens = look.recipe().settings().section("tokens");
    assertThat(tokens.text("tokenizer")).isEqualTo("whitespace");
    assertThat(tokens.has("signs")).isFalse();
  }

  @Test
  void wordsAndTagsAreFound() throws IOException {
    var spaces = tags("eng.train", "EU NNP B-ORG\nrejects VBZ O\n\nPeter NNP B-PER\n");
    var data = spaces.recipe().settings().section("data");
    assertThat(List.of(data.text("format"), data.text("text"), data.text("label")))
        .containsExactly("conll", "1", "3");
    assertThat(spaces.found())
        .contains(
            "file   eng.train: 2 sentences; columns 1, 2, 3",
            "text   1: 3 words, 1.5 a sentence",
            "label  3: 3 tags: B-ORG 33.3 %, B-PER 33.3 %, O 33.3 %");

    var korean = tags("ko.conllu", "1\t칩만으로\t_\tADV\tNNG+JX\t_\t0\t_\t_\t_\n");
    data = korean.recipe().settings().section("data");
    assertThat(List.of(data.text("format"), data.text("text"), data.text("label")))
        .containsExactly("auto", "form", "upos");
    assertThat(korean.recipe().settings().section("tokens").text("letters")).isEqualTo("nfd");
    var xpos = tags("ko.conllu", "1\tx\t_\tADV\tNNG\t_\t0\t_\t_\t_\n", "data.label=xpos");
    assertThat(xpos.recipe().settings().section("data").text("label")).isEqualTo("xpos");

    var json = tags("a.jsonl", "{\"tokens\": [\"a\", \"b\"], \"ner_tags\": [0, 1]}\n");
    data = json.recipe().settings().section("data");
    assertThat(List.of(data.text("text"), data.text("label")))
        .containsExactly("tokens", "ner_tags");
  }
}
