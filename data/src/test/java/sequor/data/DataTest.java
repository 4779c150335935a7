package sequor.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sequor.Sha256;
import sequor.json.Json;
import sequor.settings.Places;
import sequor.settings.Section;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.settings.SettingsException;

/// What the section `data` names: tables of a user's own and data sets, and how they are split.
class DataTest {
  @TempDir Path folder;

  /// What a task would read.
  public record Columns(
      @Setting(value = "review", about = "the text") String text,
      @Setting(value = "stars", about = "the label") String label) {}

  private static final Section SECTION = DataSettings.section().and(Columns.class);

  /// Ten examples of each of two labels.
  private static String reviews(String separator) {
    var rows = new StringBuilder("review" + separator + "stars\n");
    for (int i = 0; i < 10; i++) {
      rows.append("schön und gut ").append(i).append(separator).append("5\n");
      rows.append("정말 지루해요 😴 ").append(i).append(separator).append("1\n");
    }
    return rows.toString();
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private Settings settings(Map<String, Object> written) {
    return SECTION.complete(Json.ofMap(written), "data.", Places.of("--set"));
  }

  private Data load(Map<String, Object> written) {
    return Data.load(settings(written), DataFinder.of(Map.of(), folder), Optional.of("stars"));
  }

  private Data load(Path file, Object... more) {
    var written = new TreeMap<String, Object>(Map.of("file", file.toString()));
    for (int i = 0; i < more.length; i += 2) {
      written.put((String) more[i], more[i + 1]);
    }
    return load(written);
  }

  private static List<List<List<String>>> parts(Data data) {
    return Stream.of(Split.values())
        .map(split -> data.rows().of(split).map(Row::fields).toList())
        .toList();
  }

  private static List<String> column(Data data, Split split, String column) {
    return data.rows().of(split).map(row -> row.field(column)).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a.csv | COMMA | true
          a.CSV | COMMA | true
          a.tsv | TAB   | true
          a.txt | TAB   | true
          a.csv | ;     | true
          a.csv | COMMA | false
          """)
  void tablesOfAllKindsAreRead(String name, String separator, boolean quotes) throws IOException {
    String between = separator.replace("COMMA", ",").replace("TAB", "\t");
    var file = write(name, reviews(between));

    var data = load(file, "quotes", quotes);

    assertThat(data.rows().train().size()).hasValue(16);
    assertThat(data.rows().valid().size()).hasValue(2);
    assertThat(column(data, Split.TEST, "stars")).containsExactlyInAnyOrder("5", "1");
    assertThat(data.origin().split()).isEqualTo("split at random");
    assertThat(data.origin().name()).isEqualTo(name);
    assertThat(data.origin().source()).isEqualTo(name);
    assertThat(data.origin().licence()).isEmpty();
    assertThat(data.origin().sha256()).isEqualTo(Sha256.of(file));
  }

  @Test
  void windowsLineEndsByteOrderMarksAndGzipAreNothingSpecial() throws IOException {
    var plain = load(write("plain.csv", reviews(",")));
    var windows =
        load(write("windows.csv", "\uFEFF" + reviews(",").replace("\n", "\r\n") + "\r\n"));
    var gzip =
        Files.write(
            folder.resolve("gzip.csv.gz"), TableReaderTest.zipped(reviews(",").getBytes(UTF_8)));

    assertThat(parts(windows)).isEqualTo(parts(plain));
    assertThat(parts(load(gzip))).isEqualTo(parts(plain));
  }

  @Test
  void quotesAreLettersWhereTheyMeanNothing() throws IOException {
    var file = write("a.csv", reviews(",").replace("schön", "\"schön"));

    var data = load(file, "quotes", false);

    assertThat(column(data, Split.TRAIN, "review")).anyMatch(text -> text.startsWith("\"schön"));
    assertThatThrownBy(() -> load(file))
        .hasMessageContaining("a.csv:2")
        .hasMessageContaining("read it without them");
  }

  @Test
  void someRowsAloneAreLearnedFrom() throws IOException {
    var file = write("a.csv", reviews(","));
    var all = load(file);
    var few = load(file, "train_rows", 3);

    assertThat(column(few, Split.TRAIN, "review"))
        .isEqualTo(column(all, Split.TRAIN, "review").subList(0, 3));
    assertThat(column(few, Split.TEST, "review")).isEqualTo(column(all, Split.TEST, "review"));
    assertThat(column(few, Split.VALID, "review")).isEqualTo(column(all, Split.VALID, "review"));
  }

  @Test
  void columnsWithoutNamesAreNumbered() throws IOException {
    var file = write("a.csv", reviews(",").substring("review,stars\n".length()));

    var data = load(file, "header", false, "text", 1, "label", 2);

    assertThat(parts(data).stream().mapToInt(List::size).sum()).isEqualTo(20);
    assertThat(data.rows().train().toList().getFirst().columns()).containsExactly("1", "2");
  }

  @Test
  void everyLabelIsInEveryPartAndTheSeedDecidesWhichOnes() throws IOException {
    var file = write("a.csv", reviews(","));
    var fractions = List.of(0.5, 0.2, 0.3);
    var one = load(file, "fractions", fractions);

    assertThat(column(one, Split.TEST, "stars")).hasSize(6).contains("1", "5");
    assertThat(parts(load(file, "fractions", fractions))).isEqualTo(parts(one));
    assertThat(parts(load(file, "fractions", fractions, "split_seed", 2))).isNotEqualTo(parts(one));
  }

  /// A split is repeated from its seed years later: these are those of the first release.
  @Test
  void aSeedSplitsTheSameWayForEver() throws IOException {
    var rows = new StringBuilder("review,stars\n");
    for (int i = 0; i < 20; i++) {
      rows.append(i).append(i % 2 == 0 ? ",1\n" : ", 1 \n"); // one label, written in two ways
    }
    var data = load(write("a.csv", rows.toString()), "split_seed", 1);

    assertThat(column(data, Split.TRAIN, "review")).hasSize(16);
    assertThat(column(data, Split.VALID, "review")).containsExactly("3", "8");
    assertThat(column(data, Split.TEST, "review")).containsExactly("6", "18");

    rows.setLength(0);
    rows.append("review,stars\n");
    IntStream.range(0, 20).forEach(i -> rows.append(i + "," + i % 3 + "\n"));
    var three =
        load(write("b.csv", rows.toString()), "split_seed", 7, "fractions", List.of(0.5, 0.2, 0.3));
    assertThat(column(three, Split.TRAIN, "review"))
        .containsExactly("0", "1", "4", "8", "9", "10", "11", "12", "13", "17", "18");
    assertThat(column(three, Split.VALID, "review")).containsExactly("3", "14", "19");
  }

  @Test
  void aLabelWithOneExampleIsLearnedFrom() throws IOException {
    var data = load(write("a.csv", reviews(",") + "rare,3\n"));

    assertThat(data.rows().train().map(Row::fields).toList()).contains(List.of("rare", "3"));
  }

  @Test
  void aFileInThePlaceOfADataSetNeedsNoSplitColumn() throws IOException {
    var file = write("a.csv", reviews(","));

    assertThat(load(file, "set", "names", "split", "split").origin().split())
        .isEqualTo("split at random");
  }

  @Test
  void aFileInThePlaceOfADataSetIsSplitByItsColumnIfItHasOne() throws IOException {
    var file = write("a.csv", "split,name,language\ntrain,a,x\ndev,b,x\ntest,c,y\ntrain,d,y\n");

    var data = load(file, "set", "names", "split", "split");

    assertThat(data.origin().split()).isEqualTo("split by column 'split'");
    assertThat(column(data, Split.VALID, "name")).containsExactly("b");
    assertThat(column(data, Split.TRAIN, "name")).containsExactly("a", "d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "split": "part"            | data.split: expected a column of a.csv (review, stars), got 'part'; name one with --set data.split=COLUMN, or say --set data.header=false if there are no names
          "split": "stars"           | data.split: a.csv:2: split: expected train, valid (val, dev) or test, got "5"; write one of them
          "group": "customer"        | data.group: expected a column of a.csv (review, stars), got 'customer'; name one
          "order": "star"            | data.order: expected a column of a.csv (review, stars), got 'star'; did you mean "stars"?
          "fractions": [1, 1, 1]     | data.fractions: expected three shares that are 1 together, such as [0.8, 0.1, 0.1], got [1.0, 1.0, 1.0]; write them so
          "fractions": [0.5, 0.5]    | data.fractions: expected three shares that are 1 together
          "fractions": []            | data.fractions: expected three shares that are 1 together
          "fractions": [1, 0, 0]     | data.fractions: expected examples to train, validate and test, got 20, 0 and 0 in a.csv; give about 10 or more of each label
          "fractions": [1, 0, 0], "group": "stars" | data.fractions: expected examples to train, validate and test, got 20, 0 and 0 in a.csv; give about 10 or more of each part
          "fractions": [1, 0, 0], "stream": true   | data.fractions: expected a share to train, validate and test, got [1.0, 0.0, 0.0]; give each some
          "separator": ";;"          | data.separator: expected one character, such as ';', got ';;'; write it so
          "file": "nowhere.csv"      | data.file: expected a file, got no file nowhere.csv (looked for from
          "file": "src"              | data.file: expected a file, got the folder src (looked for from
          "stream": true, "group": "stars"    | data.stream: expected a split at random, by files
          "stream": true, "contiguous": true  | data.stream: expected files to validate and test on, got contiguous; name them
          """,
      quoteCharacter = '\0')
  void whatTheTableHasNotIsRefused(String override, String message) throws IOException {
    var file = write("a.csv", reviews(","));
    var written = new TreeMap<String, Object>(Map.of("file", file.toString()));
    written.putAll(Json.parseObject("{" + override + "}", "x").members());

    assertThatThrownBy(() -> load(written))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("--set: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text  | reviews | data.text: expected a column of a.csv (review, stars), got 'reviews'; did you mean "review"?
          label | topic   | data.label: expected a column of a.csv (review, stars), got 'topic'; name one with --set data.label=COLUMN, or say --set data.header=false if there are no names
          """)
  void columnsThatThereAreNotAreRefused(String key, String column, String message)
      throws IOException {
    var file = write("a.csv", reviews(","));
    var settings = settings(Map.of(key, column));
    var data = load(file);
    var row = data.rows().train().toList().getFirst();

    Data.requireColumns(
        settings(Map.of("label", "")), row, List.of("text", "label"), data.origin());
    assertThatThrownBy(
            () -> Data.requireColumns(settings, row, List.of("text", "label"), data.origin()))
        .isInstanceOf(SettingsException.class)
        .hasMessage("--set: " + message);
  }

  @Test
  void theNamesOfTheColumnsTellTheSeparator() throws IOException {
    for (var separator : List.of(";", "\t")) {
      var rows = load(write("a.csv", reviews(separator))).rows().train().toList();
      assertThat(rows.getFirst().columns()).containsExactly("review", "stars");
    }
    var usual = load(write("a.csv", "text,a;b\n" + "x;y,1\n".repeat(20)));
    assertThat(usual.rows().train().toList().getFirst().columns()).containsExactly("text", "a;b");
    var unnamed = load(write("a.csv", "x; y\n".repeat(20)), "header", false);
    assertThat(unnamed.rows().train().toList().getFirst().fields()).containsExactly("x; y");
  }

  @Test
  void datesThatHaveNoOrderAsTextsAreRefused() throws IOException {
    for (var day : List.of("1/12/2026", "27.11.2026", "3-4-26 10:00")) {
      var file = write("a.csv", "text,day\n" + ("x," + day + "\n").repeat(20));
      assertThatThrownBy(() -> load(file, "order", "day"))
          .hasMessage(
              "--set: data.order: a.csv:2: expected numbers, or dates such as 2026-11-27, which have"
                  + " an order as texts, got '%s'; write them so",
              day);
    }
    var file = write("a.csv", "text,day\n" + "x,2026-11-27\n".repeat(20));
    assertThat(load(file, "order", "day").rows().train().size()).hasValue(16);
  }

  @Test
  void settingsWithoutDataSayWhereToGetSome() {
    assertThatThrownBy(() -> load(Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "--set: data.set: expected a file of your own (--data FILE) or a data set (sequor data"
                + " list), got neither; name one");
    assertThatThrownBy(() -> load(Map.of("set", "nams")))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("--set: data.set: expected one of names, ")
        .hasMessageEndingWith("got \"nams\"; did you mean \"names\"?");
  }

  @Test
  void theEmbeddedNamesNeedNoFile() {
    var data = load(Map.of("set", "names", "split", "split"));

    assertThat(data.origin().licence()).isEqualTo("Apache-2.0");
    assertThat(data.origin().name()).isEqualTo("names");
    assertThat(data.origin().sha256()).isEmpty();
    assertThat(data.rows().train().toList()).hasSizeGreaterThan(1000);
  }

  @Test
  void aFileWithoutRowsIsRefused() throws IOException {
    var empty = write("a.jsonl", "\n");
    assertThatThrownBy(() -> load(empty))
        .isInstanceOf(DataException.class)
        .hasMessage("a.jsonl: expected rows, got none; is it the right file?");
    var some = write("b.csv", reviews(","));
    assertThatThrownBy(
            () -> load(some, "valid_file", some.toString(), "test_file", empty.toString()))
        .isInstanceOf(DataException.class)
        .hasMessage("a.jsonl: expected rows, got none; is it the right file?");
  }

  // Splits

  private static String numbered(int count) {
    var rows = new StringBuilder("n,who,day\n");
    for (int i = 0; i < count; i++) {
      rows.append("%d,%s,2026-11-%02d%n".formatted(i, "abcdefghij".charAt(i % 10), 30 - i));
    }
    return rows.toString();
  }

  @Test
  void aGroupIsInOnePart() throws IOException {
    var data = load(write("a.csv", numbered(30)), "group", "who");

    assertThat(data.origin().split()).isEqualTo("split at random by groups of column 'who'");
    var seen = new HashSet<String>();
    int count = 0;
    for (var split : Split.values()) {
      var groups = column(data, split, "who");
      assertThat(seen).doesNotContainAnyElementsOf(groups);
      seen.addAll(groups);
      count += groups.size();
    }
    assertThat(count).isEqualTo(30);
    assertThat(column(data, Split.TRAIN, "who")).hasSize(24);
  }

  @Test
  void theGreatestAreTested() throws IOException {
    var file = write("a.csv", numbered(20));

    var byDay = load(file, "order", "day");
    assertThat(byDay.origin().split()).isEqualTo("split by the order of column 'day'");
    assertThat(column(byDay, Split.TEST, "n")).containsExactly("1", "0");
    assertThat(column(byDay, Split.VALID, "n")).containsExactly("3", "2");
    assertThat(column(byDay, Split.TRAIN, "n")).hasSize(16).startsWith("19", "18");

    var byNumber = load(file, "order", "n");
    assertThat(column(byNumber, Split.TEST, "n")).containsExactly("18", "19");
    assertThat(column(byNumber, Split.TRAIN, "n")).startsWith("0", "1", "2", "3");
  }

  @Test
  void theOrderOfTheFileMayBeKept() throws IOException {
    var data = load(write("a.csv", numbered(20)), "contiguous", true);

    assertThat(data.origin().split()).isEqualTo("split in the order of the file");
    assertThat(column(data, Split.VALID, "n")).containsExactly("16", "17");
    assertThat(column(data, Split.TEST, "n")).containsExactly("18", "19");
  }

  @Test
  void filesOfTheirOwnAreValidatedAndTestedOn() throws IOException {
    var train = write("a.csv", numbered(3));
    var valid = write("b.tsv", "n\twho\n7\tx\n");
    var test = write("c.jsonl", "{\"n\": 8, \"who\": \"y\"}\n{\"n\": 9, \"who\": \"z\"}\n");
    for (boolean stream : new boolean[] {false, true}) {
      var data =
          load(
              train,
              "valid_file",
              valid.toString(),
              "test_file",
              test.toString(),
              "stream",
              stream);
      assertThat(data.origin().split()).isEqualTo("validated and tested on files of their own");
      assertThat(column(data, Split.TRAIN, "n")).containsExactly("0", "1", "2");
      assertThat(column(data, Split.VALID, "n")).containsExactly("7");
      assertThat(column(data, Split.TEST, "n")).containsExactly("8", "9");
      assertThat(data.rows().train().size().isPresent()).isNotEqualTo(stream);
    }
  }

  /// Which part a row is in follows from its number alone, so that it can be read anew each epoch.
  @Test
  void aStreamIsSplitRowByRow() throws IOException {
    int count = 2000;
    var lines = IntStream.range(0, count).mapToObj(String::valueOf).toList();
    var file = write("a.txt", String.join("\n", lines));
    var data = load(file, "stream", true);

    assertThat(data.origin().split()).startsWith("split at random, row by row; at most 8,000,000 ");
    var all = new ArrayList<String>();
    for (var split : Split.values()) {
      var part = column(data, split, "text");
      assertThat(part).isEqualTo(column(data, split, "text"));
      assertThat(part.stream().map(Integer::valueOf)).isSorted();
      all.addAll(part);
    }
    assertThat(all).hasSize(count).containsExactlyInAnyOrderElementsOf(lines);
    assertThat(column(data, Split.TRAIN, "text").size()).isBetween(1540, 1660);
    assertThat(column(data, Split.VALID, "text").size()).isBetween(150, 250);
    assertThat(column(data, Split.TEST, "text").size()).isBetween(150, 250);

    var others = write("b.txt", String.join("\n", lines.subList(0, 1000)).replace("1", "x"));
    assertThat(column(load(others, "stream", true), Split.TEST, "text"))
        .isEqualTo(
            column(data, Split.TEST, "text").stream()
                .filter(line -> Integer.parseInt(line) < 1000)
                .map(line -> line.replace("1", "x"))
                .toList());
    assertThat(column(load(file, "stream", true, "split_seed", 2), Split.TEST, "text"))
        .isNotEqualTo(column(data, Split.TEST, "text"));
  }

  @Test
  void whatIsStreamedIsWhatIsInMemory() throws IOException {
    var file = write("a.csv", reviews(","));
    var streamed = load(file, "stream", true);
    assertThat(parts(new Data(streamed.rows().inMemory(), streamed.origin())))
        .isEqualTo(parts(streamed));
    assertThat(streamed.rows().train().size()).isEmpty();
    assertThat(parts(streamed).stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(
            TableReader.csv().read(file).rows().stream().map(Row::fields).toList());
  }

  @Test
  void aFingerprintTellsRowsAndPartsApart() throws IOException {
    var file = write("a.csv", reviews(","));
    var columns = List.of("review", "stars");
    String one = load(file).fingerprint(columns);

    assertThat(one).matches("[0-9a-f]{64}").isEqualTo(load(file).fingerprint(columns));
    assertThat(load(file, "split_seed", 2).fingerprint(columns)).isNotEqualTo(one);
    assertThat(load(file).fingerprint(List.of("review"))).isNotEqualTo(one);
    write("a.csv", reviews(",").replace("gut 3", "gut 4"));
    assertThat(load(file).fingerprint(columns)).isNotEqualTo(one);
  }

  // Pipes

  /// What can be read only once is kept, with the end of its name, which tells its format.
  @Test
  void pipesAreReadOnceAndKept() throws Exception {
    var pipe = folder.resolve("pipe.csv");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(Data.isPipe(pipe)).isTrue();
    var writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Files.writeString(pipe, reviews(","), StandardOpenOption.WRITE);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });

    var data = load(pipe);
    writer.join();

    assertThat(parts(data)).isEqualTo(parts(load(write("a.csv", reviews(",")))));
    assertThat(data.origin().name()).isEqualTo("pipe.csv");
    assertThat(data.origin().sha256()).isEqualTo(Sha256.of(folder.resolve("a.csv")));
    assertThat(Data.isPipe(folder.resolve("a.csv"))).isFalse();
  }

  @Test
  void whatIsKeptIsACopy() throws IOException {
    var file = write("a.csv", reviews(","));
    var copy = Data.kept(file);

    assertThat(copy).isNotEqualTo(file).hasSameBinaryContentAs(file);
    assertThat(String.valueOf(copy.getFileName())).endsWith("-a.csv");
    Files.delete(copy);
  }

  @Test
  void aPartWithoutAFileIsDrawnFromTheRowsToTrainOn() throws IOException {
    var file = write("a.csv", reviews(","));
    var other = write("b.csv", "review,stars\nfair,5\nfoul,1\n");
    for (boolean stream : List.of(false, true)) {
      var tested = load(file, "test_file", other.toString(), "stream", stream);
      assertThat(column(tested, Split.TEST, "review")).containsExactly("fair", "foul");
      int train = column(tested, Split.TRAIN, "review").size();
      int valid = column(tested, Split.VALID, "review").size();
      assertThat(train + valid).isEqualTo(20);
      assertThat(train).isGreaterThan(valid);

      var validated = load(file, "valid_file", other.toString(), "stream", stream);
      assertThat(column(validated, Split.VALID, "review")).containsExactly("fair", "foul");
      assertThat(column(validated, Split.TRAIN, "review")).hasSize(train);
    }
    var tested = load(file, "test_file", other.toString());
    assertThat(column(tested, Split.VALID, "stars")).containsExactlyInAnyOrder("5", "1");
    assertThat(tested.origin().split())
        .isEqualTo("tested on a file of its own, validated on rows split at random");
    var none = List.of(1.0, 0.0, 0.0);
    assertThatThrownBy(() -> load(file, "test_file", other.toString(), "fractions", none))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(
            "data.fractions: expected a share for the part that has no file, got [1.0, 0.0, 0.0];"
                + " give it some, or name a file");
  }

  @Test
  void aSetOfSeveralFilesIsFoundGzippedOrNot() throws IOException {
    Files.createDirectories(folder.resolve("nsmc"));
    write("nsmc/ratings_train.txt", reviews("\t"));
    Files.write(
        folder.resolve("nsmc/ratings_test.txt.gz"),
        TableReaderTest.zipped(reviews("\t").getBytes(UTF_8)));
    var written = Map.<String, Object>of("set", "nsmc", "format", "table");
    var finder = DataFinder.of(Map.of(), folder).withFolder(folder);

    var data = Data.load(settings(written), finder, Optional.of("stars"));

    assertThat(column(data, Split.TEST, "stars")).hasSize(20);
    assertThat(column(data, Split.TRAIN, "stars")).hasSize(18);
    assertThat(column(data, Split.VALID, "stars")).containsExactlyInAnyOrder("5", "1");
    assertThat(data.origin().name()).isEqualTo("nsmc");
  }
}
