package sequor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every verb does with a run that goes on with series.
class SeriesVerbsTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  private static final int DAYS = 160;

  @TempDir static Path folder;

  private static String run;

  /// Two shops, which sell more at the end of the week.
  @BeforeAll
  static void train() throws IOException {
    var lines = new ArrayList<>(List.of("day,shop,units"));
    for (int day = 0; day < DAYS; day++) {
      for (var shop : List.of("north,10", "south,300")) {
        var parts = List.of(shop.split(",", -1));
        double units = Integer.parseInt(parts.getLast()) * (1 + day % 7) + day % 3;
        lines.add("%s,%s,%s".formatted(FIRST.plusDays(day), parts.getFirst(), units));
      }
    }
    Files.write(folder.resolve("sales.csv"), lines);
    run = folder.resolve("runs/sales").toString();
    var trained =
        Program.run(
            "train",
            "forecast",
            "--data",
            path("sales.csv"),
            "--value",
            "units",
            "--series",
            "shop",
            "--horizon",
            "7",
            "--out",
            run,
            "--json");
    assertThat(trained.err()).doesNotContain("sequor:");
    var summary = trained.objects().getLast();
    assertThat(summary.number("test.mase")).isLessThan(1);
    assertThat(summary.names()).contains("test.coverage", "floor.mase", "floor.method");
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void theNextDaysHaveDatesAndIntervals() throws IOException {
    var out = path("next.csv");
    Program.run("predict", run, "--file", path("sales.csv"), "--out", out);
    var lines = Files.readAllLines(Path.of(out));

    assertThat(lines).hasSize(1 + 2 * 7);
    assertThat(lines.getFirst()).isEqualTo("series,time,predicted,low,high");
    assertThat(lines.get(1)).startsWith("north," + FIRST.plusDays(DAYS) + ",");
    var objects =
        Program.run("predict", run, "--file", path("sales.csv"), "--horizon", "2", "--json")
            .objects();
    assertThat(objects).hasSize(4);
    assertThat(objects.getFirst().number("low"))
        .isLessThanOrEqualTo(objects.getFirst().number("predicted"));
    assertThat(objects.getLast().number("predicted")).isGreaterThan(250); // of the south
  }

  @Test
  void whatIsNotToBeExpectedIsPrinted() throws IOException {
    var lines = new ArrayList<>(Files.readAllLines(folder.resolve("sales.csv")));
    int strange = 1 + 2 * 100; // the north's hundredth day
    lines.set(strange, lines.get(strange).replaceFirst(",[^,]*$", ",9000"));
    Files.write(folder.resolve("strange.csv"), lines);
    var found = Program.run("predict", run, "--file", path("strange.csv"), "--anomalies").out();

    assertThat(found).startsWith("series,time,actual,predicted,low,high\n");
    assertThat(found).contains("north," + FIRST.plusDays(100) + ",9000.0,");
  }

  @Test
  void theTestIsScoredAsItWas() {
    var scored = Program.run("evaluate", run, "--json").objects().getFirst();
    var report =
        Program.run("evaluate", run, "--data", path("sales.csv"), "--json").objects().getFirst();

    assertThat(scored.number("test.mase")).isLessThan(1);
    assertThat(report.number("test.mae")).isNotEqualTo(scored.number("test.mae")); // of all days
  }

  @Test
  void theRunShowsHowItWentOn() throws IOException {
    assertThat(Files.readString(Path.of(run, "curves", "forecast.svg")))
        .contains("predicted", "came", "low", "high", "north", "south");
    assertThat(Files.readAllLines(Path.of(run, "predictions.csv")).getFirst())
        .isEqualTo("series,time,actual,predicted,low,high");
  }

  @Test
  void whatMakesNoSenseIsRefused() throws IOException {
    var asked = Program.run("predict", run, "--file", path("sales.csv"), "--horizon", "0");
    assertThat(asked.code()).isEqualTo(2);
    assertThat(asked.err()).contains("--horizon: expected 1 or more, got 0");
    assertThat(Program.run("predict", run).err())
        .contains("expected a table of what was so far (--file x.csv), got none");
    assertThat(Program.run("predict", run, "1, 2, 3").err())
        .contains("expected a history of 21 numbers or more");
    Files.writeString(folder.resolve("german.csv"), "day,units\n" + "27.11.2026,1\n".repeat(20));
    assertThat(
            Program.run("train", "forecast", "--data", path("german.csv"), "--time", "day").err())
        .contains(
            "german.csv:2: expected a time in column day, got '27.11.2026'; write it as 2026-11-27");
  }
}
