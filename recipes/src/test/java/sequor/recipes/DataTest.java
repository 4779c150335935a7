package sequor.recipes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sequor.text.DataFinder;
import sequor.text.Example;

/// Tables of a user's own.
class DataTest {
  @TempDir Path folder;

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

  private static Data load(Path file, String... overrides) throws IOException {
    var all = new ArrayList<>(List.of("data.text=review", "data.label=stars"));
    all.add("data.file='" + file + "'");
    all.addAll(List.of(overrides));
    var recipe = Recipe.parse("mine", "task: classify\ndata:\n  split: ''\n", "mine.yaml", all);
    return Data.load(recipe.settings().section("data"), Toy.nowhere());
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

    var data =
        load(file, "data.quotes=" + quotes, "data.separator=" + (between.equals(";") ? ";" : ""));

    assertThat(data.examples().train()).hasSize(16);
    assertThat(data.examples().valid()).hasSize(2);
    assertThat(data.examples().test())
        .extracting(Example::label)
        .containsExactlyInAnyOrder("5", "1");
    assertThat(data.origin().split()).isEqualTo("split at random");
    assertThat(data.origin().name()).isEqualTo(name);
  }

  @Test
  void windowsLineEndsByteOrderMarksAndGzipAreNothingSpecial() throws IOException {
    var plain = load(write("plain.csv", reviews(",")));
    var windows =
        load(write("windows.csv", "\uFEFF" + reviews(",").replace("\n", "\r\n") + "\r\n"));
    var gzip = folder.resolve("gzip.csv.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write(reviews(",").getBytes(UTF_8));
    }

    assertThat(windows.examples()).isEqualTo(plain.examples());
    assertThat(load(gzip).examples()).isEqualTo(plain.examples());
  }

  @Test
  void quotesAreLettersWhereTheyMeanNothing() throws IOException {
    var file = write("a.csv", reviews(",").replace("schön", "\"schön"));

    var data = load(file, "data.quotes=false");

    assertThat(data.examples().train()).anyMatch(example -> example.text().startsWith("\"schön"));
    assertThatThrownBy(() -> load(file))
        .hasMessageContaining("a.csv:2")
        .hasMessageContaining("read it without them");
  }

  @Test
  void columnsWithoutNamesAreNumbered() throws IOException {
    var file = write("a.csv", reviews(",").substring("review,stars\n".length()));

    var data = load(file, "data.header=false", "data.text=1", "data.label=2");

    assertThat(data.examples().size()).isEqualTo(20);
  }

  @Test
  void everyLabelIsInEveryPartAndTheSeedDecidesWhichOnes() throws IOException {
    var file = write("a.csv", reviews(","));
    var one = load(file, "data.fractions=[0.5, 0.2, 0.3]");

    assertThat(one.examples().test()).hasSize(6).extracting(Example::label).contains("1", "5");
    assertThat(load(file, "data.fractions=[0.5, 0.2, 0.3]").examples()).isEqualTo(one.examples());
    assertThat(load(file, "data.fractions=[0.5, 0.2, 0.3]", "data.split_seed=2").examples())
        .isNotEqualTo(one.examples());
  }

  @Test
  void aLabelWithOneExampleIsLearnedFrom() throws IOException {
    var data = load(write("a.csv", reviews(",") + "rare,3\n"));

    assertThat(data.examples().train()).contains(new Example("rare", "3"));
  }

  @Test
  void aFileInThePlaceOfADataSetNeedsNoSplitColumn() throws IOException {
    var file = write("a.csv", reviews(","));
    var overrides = List.of("data.file='" + file + "'", "data.text=review", "data.label=stars");
    var names = Recipe.load("names", overrides).settings().section("data");

    assertThat(Data.load(names, Toy.nowhere()).origin().split()).isEqualTo("split at random");
  }

  @Test
  void aFileInThePlaceOfADataSetIsSplitByItsColumnIfItHasOne() throws IOException {
    var file = write("a.csv", "split,name,language\ntrain,a,x\ndev,b,x\ntest,c,y\ntrain,d,y\n");
    var names =
        Recipe.load("names", List.of("data.file='" + file + "'")).settings().section("data");

    var data = Data.load(names, Toy.nowhere());

    assertThat(data.origin().split()).isEqualTo("split by column 'split'");
    assertThat(data.examples().valid()).containsExactly(new Example("b", "x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          data.text=reviews              | --set: data.text: expected a column of a.csv (review, stars), found 'reviews'; did you mean "review"?
          data.label=topic               | --set: data.label: expected a column of a.csv (review, stars), found 'topic'; name one with --set data.label=COLUMN, or say --set data.header=false if there are no names
          data.split=part                | --set: data.split: expected a column of a.csv (review, stars), found 'part'
          data.split=stars               | --set: data.split: a.csv:2: split "5" — write train, valid (val, dev) or test
          data.fractions=[1, 1, 1]       | --set: data.fractions: expected three shares that are 1 together, such as [0.8, 0.1, 0.1], found [1.0, 1.0, 1.0]
          data.fractions=[0.5, 0.5]      | --set: data.fractions: expected three shares that are 1 together
          data.fractions=[1, 0, 0]       | --set: data.fractions: expected examples to train, validate and test, found 20, 0 and 0 in a.csv; give about 10 or more of each label
          data.separator=';;'            | --set: data.separator: expected one character, such as ';', found ';;'; write it so
          data.file=nowhere.csv          | --set: data.file: expected a .csv or .tsv file, found no file nowhere.csv; check the path
          """)
  void whatTheTableHasNotIsRefused(String override, String message) throws IOException {
    var file = write("a.csv", reviews(","));

    assertThatThrownBy(() -> load(file, override))
        .isInstanceOf(RecipeException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void anotherSeparatorIsGuessedAt() throws IOException {
    var file = write("a.csv", reviews(";"));

    assertThatThrownBy(() -> load(file))
        .hasMessage(
            "--set: data.text: expected a column of a.csv (review;stars), found 'review'; is ; the"
                + " separator? say so with --set 'data.separator=;'");
  }

  @Test
  void aRowWithoutALabelIsRefusedAtItsLine() throws IOException {
    var file = write("a.csv", reviews(",") + "no stars, \n");

    assertThatThrownBy(() -> load(file))
        .isInstanceOf(RecipeException.class)
        .hasMessage(
            "--set: data.label: a.csv:22: no stars in this row; fill it in, or leave the row out");
  }

  @Test
  void labelsThatOnlyTheTestSplitHasAreRefused() throws IOException {
    var file = write("a.csv", "review,stars,part\na,1,train\nb,5,train\nc,1,dev\nd,unheard,test\n");

    assertThatThrownBy(
            () ->
                Job.prepare(
                    Toy.classifier(file, "data.text=review", "data.label=stars"), Toy.nowhere()))
        .isInstanceOf(RecipeException.class)
        .hasMessage(
            "--set: data.label: the test split has the label 'unheard', which no training example"
                + " has; leave it out, or train with it");
  }

  @Test
  void oneLabelIsNothingToTellApart() throws IOException {
    var file = write("a.csv", "review,stars,part\na,1,train\nc,1,dev\nd,1,test\n");

    assertThatThrownBy(
            () ->
                Job.prepare(
                    Toy.classifier(file, "data.text=review", "data.label=stars"), Toy.nowhere()))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("expected two labels or more, found only '1'");
  }

  @Test
  void aRecipeWithoutDataSaysWhereToGetSome() {
    var data = Recipe.parse("mine", "task: classify", "mine.yaml", List.of()).settings();

    assertThatThrownBy(() -> Data.load(data.section("data"), Toy.nowhere()))
        .hasMessage(
            "mine.yaml: data.set: expected a table of your own (--data FILE) or a data set (sequor"
                + " data list), found neither");
  }

  @Test
  void theRecipesOfTheSurnamesPrepareOnTheRealData() throws IOException {
    var file = PublicData.file("surnames/surnames_with_splits.csv");
    if (file.isEmpty()) {
      return; // where the data are not, the embedded names stand for them
    }
    var finder =
        DataFinder.of(java.util.Map.of(), folder)
            .withFolder(Path.of(file.get().toString()).resolveSibling("."));
    for (var name : Recipe.catalogue()) {
      var job = Job.prepare(Recipe.load(name, List.of()), finder);
      assertThat(job.batches(1, new java.util.Random(1))).as(name).isNotEmpty();
    }
  }

  @Test
  void theEmbeddedNamesNeedNoFile() throws IOException {
    var job = Job.prepare(Recipe.load("names", List.of()), Toy.nowhere());

    assertThat(job.data().origin().licence()).isEqualTo("Apache-2.0");
    assertThat(job.data().examples().train()).hasSizeGreaterThan(1000);
  }
}
