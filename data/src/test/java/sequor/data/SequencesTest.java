package sequor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.json.Json;
import sequor.settings.Places;
import sequor.settings.Settings;
import sequor.settings.SettingsException;

/// Rows that are steps of sequences become one row a sequence.
class SequencesTest {
  private static final String TABLE =
      """
      id,t,x,kind
      a,2,0.2,walk
      b,10,7,run
      a,1,0.1,walk
      b,9,8,run
      b,11,9,run
      """;

  @TempDir Path folder;

  private static Settings settings(String... values) {
    var json = Json.object();
    for (var each : values) {
      var parts = each.split("=", 2);
      Object value = parts[1].equals("true") ? true : parts[1];
      json = json.with(parts[0], value);
    }
    return DataSettings.section()
        .and(SequenceSettings.class)
        .complete(json, "data.", Places.NOWHERE);
  }

  private Path table(String text) throws IOException {
    return Files.writeString(folder.resolve("steps.csv"), text);
  }

  private List<Row> read(String text, String... values) throws IOException {
    return Data.open(settings(values), table(text)).toList();
  }

  private static List<String> steps(Row row, String column) {
    return row.parts().stream().map(part -> part.field(column)).toList();
  }

  @Test
  void stepsAreInTheirOrderWhereverTheyStand() throws IOException {
    var rows = read(TABLE, "sequence=id", "step=t");

    assertThat(rows).hasSize(2);
    assertThat(steps(rows.get(0), "x")).containsExactly("0.1", "0.2");
    assertThat(steps(rows.get(1), "t")).containsExactly("9", "10", "11"); // as numbers
  }

  @Test
  void withoutAColumnOfStepsTheyStayAsTheyStand() throws IOException {
    var rows = read(TABLE, "sequence=id");

    assertThat(steps(rows.get(0), "x")).containsExactly("0.2", "0.1");
    assertThat(rows.get(0).parts().getLast().place()).endsWith("steps.csv:4");
  }

  @Test
  void whatAllStepsHaveStandsInTheRowAndAllElseIsAList() throws IOException {
    var rows = read(TABLE, "sequence=id", "step=t");

    assertThat(rows.get(0).field("kind")).isEqualTo("walk");
    assertThat(rows.get(0).isList("kind")).isFalse();
    assertThat(rows.get(0).list("x")).containsExactly("0.1", "0.2");
    assertThat(rows.get(0).json("x")).isEqualTo(Json.array("0.1", "0.2"));
  }

  @Test
  void rowsOfNoSequencesAreTheirOwn() throws IOException {
    var rows = read(TABLE);

    assertThat(rows).hasSize(5).allMatch(row -> row.parts().isEmpty());
  }

  @Test
  void aSequenceIsNeverSplit() throws IOException {
    var text = new StringBuilder("id,x,kind\n");
    for (int i = 0; i < 40; i++) {
      text.append(
          "s%d,%d,%s\n"
              .repeat(3)
              .formatted(
                  i, 1, "ab".charAt(i % 2), i, 2, "ab".charAt(i % 2), i, 3, "ab".charAt(i % 2)));
    }
    var file = table(text.toString());
    var data =
        Data.load(
            settings("sequence=id", "file=" + file),
            DataFinder.of(Map.of(), folder),
            Optional.of("kind"));

    var parts = List.of(data.rows().train(), data.rows().valid(), data.rows().test());
    assertThat(parts.stream().map(part -> part.toList().size())).containsExactly(32, 4, 4);
    parts.forEach(part -> part.forEach(row -> assertThat(row.parts()).hasSize(3)));
  }

  @Test
  void whatIsWrongIsToldByLine() {
    assertThatThrownBy(() -> read(TABLE, "sequence=who"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("data.sequence: expected a column of steps.csv (id, t, x, kind)")
        .hasMessageContaining("got 'who'");
    assertThatThrownBy(() -> read(TABLE + ",3,1,run\n", "sequence=id"))
        .isInstanceOf(DataException.class)
        .hasMessage("steps.csv:7: expected a id, got none; fill it in, or leave the row out");
    assertThatThrownBy(() -> read(TABLE + "c,27.11.2026,1,run\n", "sequence=id", "step=t"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("data.step: steps.csv:7: expected numbers, or dates such as")
        .hasMessageContaining("got '27.11.2026'");
    assertThatThrownBy(() -> read(TABLE + "a,2.0,1,walk\n", "sequence=id", "step=t"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("steps.csv:7: expected each step of sequence a once, got 2.0")
        .hasMessageContaining("first in line 2");
    assertThatThrownBy(
            () ->
                Data.load(
                    settings("sequence=id", "stream=true", "file=" + table(TABLE)),
                    DataFinder.of(Map.of(), folder),
                    Optional.empty()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("data.stream: expected false");
  }
}
