package sequor.tasks.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sequor.data.Data;
import sequor.data.DataException;
import sequor.data.DataSettings;
import sequor.json.Json;
import sequor.settings.Places;
import sequor.settings.SettingsException;

class SeriesReaderTest {
  @TempDir Path folder;

  /// What a file of these lines becomes.
  private SeriesTable read(String lines, String... settings) throws Exception {
    var file = Files.writeString(folder.resolve("sales.csv"), lines);
    var written = Json.object();
    for (var setting : settings) {
      String value = setting.substring(setting.indexOf('=') + 1);
      written =
          written.with(
              setting.substring(0, setting.indexOf('=')),
              value.startsWith("[") ? Json.parse(value) : Json.of(value));
    }
    var section =
        DataSettings.section().and(SeriesSettings.class).complete(written, "data.", Places.NOWHERE);
    return new SeriesReader(section).read(Data.open(section, file).iterable());
  }

  private static Series only(SeriesTable table) {
    assertThat(table.series()).hasSize(1);
    return table.series().getFirst();
  }

  @Test
  void everyColumnIsASeries() throws Exception {
    var table =
        read(
            "day,a,b\n2026-01-01,1,10\n2026-01-02,2,\n2026-01-03,3,30\n",
            "time=day",
            "missing=hold");

    assertThat(table.series()).extracting(Series::name).containsExactly("a", "b");
    assertThat(table.series().getFirst().values()).containsExactly(1, 2, 3);
    assertThat(table.series().getLast().values()).containsExactly(10, Float.NaN, 30);
    assertThat(table.series().getLast().read()).containsExactly(10, 10, 30);
    assertThat(table.timeline()).hasToString("every day from 2026-01-01");
    assertThat(table.timeline().name(3)).isEqualTo("2026-01-04");
    assertThat(table.found().getFirst()).isEqualTo("2 series, every day from 2026-01-01, 3 steps");
  }

  @Test
  void aLongFileIsTheSameAsAWideOne() throws Exception {
    var wide = read("day,a,b\n2026-01-01,1,4\n2026-01-02,2,5\n2026-01-03,3,6\n", "time=day");
    var rows = // in no order
        """
        shop,day,units
        b,2026-01-03,6
        a,2026-01-01,1
        a,2026-01-02,2
        b,2026-01-01,4
        a,2026-01-03,3
        b,2026-01-02,5
        """;
    var table = read(rows, "time=day", "value=units", "series=shop");

    assertThat(table.timeline()).isEqualTo(wide.timeline());
    for (var series : wide.series()) {
      var other =
          table.series().stream().filter(each -> each.name().equals(series.name())).findFirst();
      assertThat(other.orElseThrow().values()).containsExactly(series.values());
    }
    assertThat(table.found())
        .contains("rows of 1 series were not in the order of time, and are now");
  }

  @Test
  void seriesBeginAndEndWhenTheyWill() throws Exception {
    var table = read("day,a,b\n2026-01-01,,4\n2026-01-02,2,5\n2026-01-03,3,\n", "time=day");

    assertThat(table.series().getFirst().first()).isEqualTo(1);
    assertThat(table.series().getFirst().values()).containsExactly(2, 3);
    assertThat(table.series().getLast().end()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1949-01 1949-02 1949-03                   | month     | 12  | 1949-04
          1999 2000 2001                            | year      | 1   | 2002
          2026Q1 2026Q2 2026Q3                      | quarter   | 4   | 2026-Q4
          2026-01-31 2026-02-28 2026-03-31          | month     | 12  | 2026-04-30
          2026-01-15 2026-02-15 2026-03-15          | month     | 12  | 2026-04-15
          2026-01-05 2026-01-12 2026-01-19          | week      | 52  | 2026-01-26
          2026/12/30 2026/12/31 2027/01/01          | day       | 7   | 2027/01/02
          20261230 20261231 20270101                | day       | 7   | 20270102
          2026-01-01T22:00 2026-01-01T23:00 2026-01-02T00:00 | hour | 24 | 2026-01-02T01:00
          2026-01-01T00:00:00 2026-01-01T00:15:00 2026-01-01T00:30:00 | 15 minutes | 96 | 2026-01-01T00:45:00
          2026-01-01T00:00Z 2026-01-01T01:00Z 2026-01-01T02:00Z | hour | 24 | 2026-01-01T03:00:00Z
          10 20 30                                  | 10 steps  | 1   | 40
          """)
  void theFrequencyIsFound(String times, String frequency, int season, String next)
      throws Exception {
    var lines = new StringBuilder("time,value\n");
    for (var time : times.split(" ", -1)) {
      lines.append(time).append(",1\n");
    }
    var timeline = read(lines.toString(), "time=time").timeline();

    assertThat(timeline.frequency()).hasToString(frequency);
    assertThat(timeline.frequency().season()).isEqualTo(season);
    assertThat(timeline.name(3)).isEqualTo(next);
    for (int step = -2000; step < 2000; step += 7) {
      assertThat(timeline.step(timeline.time(step))).hasValue(step);
    }
    if (timeline.hasCalendar()) {
      assertThat(Frequency.of(frequency)).isEqualTo(timeline.frequency());
    }
  }

  @Test
  void aWeekendIsNoGap() throws Exception {
    var table =
        read(
            "day,price\n2026-11-19,1\n2026-11-20,2\n2026-11-23,3\n2026-11-24,4\n2026-11-25,5\n2026-11-26,6\n",
            "time=day");

    assertThat(table.timeline().frequency()).hasToString("weekday");
    assertThat(only(table).values()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(table.timeline().name(6)).isEqualTo("2026-11-27");
    assertThat(table.timeline().name(7)).isEqualTo("2026-11-30");
    assertThat(table.timeline().name(-1)).isEqualTo("2026-11-18");
    for (int step = -30; step < 30; step++) {
      assertThat(table.timeline().step(table.timeline().time(step))).hasValue(step);
    }
  }

  @Test
  void gapsAreToldByTimeAndFilledByChoice() throws Exception {
    var lines = "day,a\n2026-01-01,1\n2026-01-02,2\n2026-01-05,5\n2026-01-06,6\n2026-01-07,7\n";

    assertThatThrownBy(() -> read(lines, "time=day"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "sales.csv: expected a number every day from 2026-01-01, got none for 2026-01-03 to 2026-01-04 of"
                + " a, … (2 in all); fill them in (data.missing=interpolate, hold or zero)");
    assertThat(only(read(lines, "time=day", "missing=interpolate")).read())
        .containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(only(read(lines, "time=day", "missing=zero")).read())
        .containsExactly(1, 2, 0, 0, 5, 6, 7);
    assertThat(only(read(lines, "time=day", "missing=hold")).values())
        .containsExactly(1, 2, Float.NaN, Float.NaN, 5, 6, 7);
  }

  @Test
  void duplicatesAreToldByLineAndSettledByChoice() throws Exception {
    var lines = "day,a\n2026-01-01,1\n2026-01-02,2\n2026-01-02,4\n2026-01-03,3\n";

    assertThatThrownBy(() -> read(lines, "time=day"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "sales.csv: expected one number of each step, got more: sales.csv:4 (a, 2026-01-02);");
    for (var choice : List.of("first 2", "last 4", "mean 3", "sum 6")) {
      var parts = choice.split(" ", -1);
      assertThat(only(read(lines, "time=day", "duplicates=" + parts[0])).values()[1])
          .isEqualTo(Float.parseFloat(parts[1]));
    }
  }

  @Test
  void timesBetweenTwoStepsAreToldByLine() {
    assertThatThrownBy(
            () ->
                read(
                    "t,a\n2026-01-01 00:00,1\n2026-01-01 01:00,2\n2026-01-01 02:00,2\n2026-01-01 02:20,3\n",
                    "time=t"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "sales.csv: expected times every hour from 2026-01-01 00:00, got others: sales.csv:5 (2026-01-01"
                + " 02:20); mend them");
  }

  @Test
  void summerTimeIsNeitherAGapNorADuplicate() throws Exception {
    var spring =
        "t,a\n2026-03-29 00:00,1\n2026-03-29 01:00,2\n2026-03-29 03:00,3\n2026-03-29 04:00,4\n";
    var autumn =
        "t,a\n2026-10-25 01:00,1\n2026-10-25 02:00,2\n2026-10-25 02:00,3\n2026-10-25 03:00,4\n";

    assertThat(only(read(spring, "time=t", "zone=Europe/Berlin")).values())
        .containsExactly(1, 2, 3, 4);
    assertThat(only(read(autumn, "time=t", "zone=Europe/Berlin")).values())
        .containsExactly(1, 2, 3, 4);
    assertThat(read(autumn, "time=t", "zone=Europe/Berlin").timeline().name(2))
        .isEqualTo("2026-10-25 02:00");
    assertThatThrownBy(() -> read(spring, "time=t"))
        .hasMessageContaining("where clocks were put forward, say whose (data.zone=Europe/Berlin)");
    assertThatThrownBy(
            () ->
                read(
                    "t,a\n2026-03-29 01:00,1\n2026-03-29 02:00,2\n",
                    "time=t",
                    "zone=Europe/Berlin"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "sales.csv:3: expected a time in column t, got '2026-03-29 02:00'; clocks in Europe/Berlin skip"
                + " that hour; mend it, or name another zone (data.zone)");
  }

  @Test
  void aDayOfAZoneMayHave23Hours() throws Exception {
    var table =
        read("t,a\n2026-03-28,1\n2026-03-29,2\n2026-03-30,3\n", "time=t", "zone=Europe/Berlin");

    assertThat(table.timeline().frequency()).hasToString("day");
    assertThat(table.timeline().name(3)).isEqualTo("2026-03-31");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          27.11.2026 | write it as 2026-11-27, whose order nobody can mistake
          11/27/26   | write it as 2026-11-27, whose order nobody can mistake
          yesterday  | write it as 2026-11-27, 2026-11 or 2026-11-27 14:30:00
          2026-02-30 | there is no such day or hour; mend it
          """)
  void whatIsNoTimeIsRefusedWithAdvice(String time, String advice) {
    assertThatThrownBy(() -> read("t,a\n" + time + ",1\n", "time=t"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "sales.csv:2: expected a time in column t, got '%s'; %s".formatted(time, advice));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          1,5   | write a point: 1.5
          1'234 | write it without marks between: 1234
          many  | write one, leave it empty, or name another column (data.value)
          """)
  void whatIsNoNumberIsRefusedWithAdvice(String number, String advice) {
    assertThatThrownBy(() -> read("t,a\n2026-01-01,\"" + number + "\"\n", "time=t"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "sales.csv:2: expected a number in column a, got '%s'; %s".formatted(number, advice));
  }

  @Test
  void otherFaultsNameTheirKey() {
    assertThatThrownBy(() -> read("t,a\n2026-01-01,1\n", "time=day"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("data.time: expected a column of sales.csv (t, a), got 'day'");
    assertThatThrownBy(() -> read("t,a\n2026-01-01,1\n", "time=t"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("data.frequency: ");
    assertThatThrownBy(() -> read("t,a\n2026-01-01,1\n", "time=t", "zone=Berlin"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("data.zone: expected a zone such as Europe/Berlin");
    assertThatThrownBy(() -> read("t,a\n2026-01-01,1\n2026-01-02,1\n", "time=t", "frequency=dayly"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("did you mean \"day\"?");
  }

  @Test
  void whatIsKnownBeforeGoesOnBehindTheLastNumber() throws Exception {
    var table =
        read(
            "day,sold,promo\n2026-01-01,5,0\n2026-01-02,9,1\n2026-01-03,,1\n2026-01-04,,0\n",
            "time=day",
            "value=sold",
            "known=[\"promo\"]");

    assertThat(only(table).values()).containsExactly(5, 9);
    assertThat(only(table).known()[0]).containsExactly(0, 1, 1, 0);
  }
}
