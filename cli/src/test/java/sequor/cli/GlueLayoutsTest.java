package sequor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The folders of the GLUE benchmark (Wang et al. 2019) as people have them on disk: tab-separated,
/// quotes that mean nothing, a test file without labels. Each is read with the settings that stand
/// here.
class GlueLayoutsTest {
  @TempDir Path folder;

  /// One task's files.
  ///
  /// @param train how the training file begins: its header, or nothing
  /// @param rows of it, hand-written
  /// @param test the header of the test file and one row
  /// @param metric by which GLUE judges it
  record Layout(
      String name,
      String task,
      String settings,
      String train,
      List<String> rows,
      List<String> test,
      String metric) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Layout> layouts() {
    return Stream.of(
        new Layout(
            "SST-2",
            "classify",
            "data.text=sentence data.label=label",
            "sentence\tlabel",
            List.of("a \"warm , funny film \t1", "unflinchingly bleak and desperate \t0"),
            List.of("index\tsentence", "0\tuneasy mishmash of \" styles"),
            "accuracy"),
        new Layout(
            "MRPC",
            "classify",
            "data.text='#1 String' data.pair='#2 String' data.label=Quality data.positive=1",
            "\uFEFFQuality\t#1 ID\t#2 ID\t#1 String\t#2 String",
            List.of(
                "1\t702876\t702977\t\"He lied , \" Amrozi said .\tAmrozi said \" he lied .",
                "0\t2108705\t2108831\tYucaipa owned Dominick's .\tYucaipa bought it in 1995 ."),
            List.of(
                "index\t#1 ID\t#2 ID\t#1 String\t#2 String", "0\t1\t2\tPCCW 's chief\tIt \" is"),
            "f1"),
        new Layout(
            "QQP",
            "classify",
            "data.text=question1 data.pair=question2 data.label=is_duplicate data.positive=1",
            "id\tqid1\tqid2\tquestion1\tquestion2\tis_duplicate",
            List.of(
                "1\t1\t2\tHow is life?\tHow's life?\t1",
                "2\t3\t4\tWhat does \"gm\" mean?\tWho is \"gm?\t0"),
            List.of("id\tquestion1\tquestion2", "0\tWould it work?\tWill it \"work?"),
            "f1"),
        new Layout(
            "STS-B",
            "regress",
            "data.text=sentence1 data.pair=sentence2 data.label=score",
            "index\tgenre\tfilename\tyear\told_index\tsource1\tsource2\tsentence1\tsentence2\tscore",
            List.of(
                "0\tmain\tMSRvid\t2012\t1\tnone\tnone\tA plane takes off.\tAn air plane \"goes up.\t5.000",
                "1\tmain\tMSRvid\t2012\t4\tnone\tnone\tA man plays a flute.\tIt rains.\t0.2"),
            List.of(
                "index\tgenre\tfilename\tyear\told_index\tsource1\tsource2\tsentence1\tsentence2",
                "0\tmain\tMSRvid\t2012\t24\tnone\tnone\tA girl \"styles her hair.\tShe brushes it."),
            "spearman"),
        new Layout(
            "MNLI",
            "classify",
            "data.text=sentence1 data.pair=sentence2 data.label=gold_label",
            "index\tpromptID\tpairID\tgenre\tsentence1_binary_parse\tsentence2_binary_parse"
                + "\tsentence1_parse\tsentence2_parse\tsentence1\tsentence2\tlabel1\tgold_label",
            List.of(
                "0\t1\t1n\tgov\t( a )\t( b )\t(ROOT)\t(ROOT)\tIt has \"two parts.\tTwo parts.\tneutral\tneutral",
                "1\t2\t2e\tfic\t( a )\t( b )\t(ROOT)\t(ROOT)\tHe left.\tHe went.\tentailment\tentailment",
                "2\t3\t3c\tfic\t( a )\t( b )\t(ROOT)\t(ROOT)\tHe left.\tHe stayed.\tcontradiction\tcontradiction"),
            List.of(
                "index\tpromptID\tpairID\tgenre\tsentence1_binary_parse\tsentence2_binary_parse"
                    + "\tsentence1_parse\tsentence2_parse\tsentence1\tsentence2",
                "0\t1\t1\ttravel\t( a )\t( b )\t(ROOT)\t(ROOT)\tHis \"thoughts.\tHe thinks."),
            "accuracy"),
        new Layout(
            "QNLI",
            "classify",
            "data.text=question data.pair=sentence data.label=label",
            "index\tquestion\tsentence\tlabel",
            List.of(
                "0\tWhen did it open?\tIt \"opened in 1995.\tentailment",
                "1\tWho won?\tThe sky is blue.\tnot_entailment"),
            List.of("index\tquestion\tsentence", "0\tWhat came?\tThe \"day came."),
            "accuracy"),
        new Layout(
            "RTE",
            "classify",
            "data.text=sentence1 data.pair=sentence2 data.label=label",
            "index\tsentence1\tsentence2\tlabel",
            List.of(
                "0\tNo \"weapons were found.\tWeapons were found.\tnot_entailment",
                "1\tHe died in Rome.\tHe died.\tentailment"),
            List.of("index\tsentence1\tsentence2", "0\tMangla was\tThe \"girl was"),
            "accuracy"),
        new Layout(
            "WNLI",
            "classify",
            "data.text=sentence1 data.pair=sentence2 data.label=label",
            "index\tsentence1\tsentence2\tlabel",
            List.of(
                "0\tI stuck a pin in a carrot. When I pulled it out, it had a hole.\tThe carrot had a hole.\t1",
                "1\tJohn couldn't see the stage with Billy in front of him because he is so short.\tBilly is short.\t0"),
            List.of("index\tsentence1\tsentence2", "0\tMaude and Dora\tThe \"trains"),
            "accuracy"));
  }

  /// Twelve rows, which is enough to be read.
  private Path file(String name, String header, List<String> rows) throws IOException {
    var lines = new ArrayList<String>();
    if (!header.isEmpty()) {
      lines.add(header);
    }
    for (int i = 0; i < 12; i++) {
      lines.add(rows.get(i % rows.size()));
    }
    return Files.write(folder.resolve(name), lines);
  }

  private Program trained(Layout layout, String dev) throws IOException {
    var train = file("train.tsv", layout.train, layout.rows);
    var arguments = new ArrayList<>(List.of("train", layout.task, "--data", train.toString()));
    var settings = new ArrayList<>(List.of(layout.settings.split(" (?=data\\.)")));
    settings.add("data.quotes=false");
    settings.add("data.valid_file=" + folder.resolve("dev.tsv"));
    settings.add("data.test_file=" + folder.resolve(dev));
    settings.add("training.epochs=1");
    settings.add("model.encoder=bag");
    for (var setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    arguments.addAll(List.of("--out", folder.resolve("run").toString(), "--json", "-q"));
    return Program.run(arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void aFolderIsReadAsItIs(Layout layout) throws IOException {
    file("dev.tsv", layout.train, layout.rows);
    var test = Files.write(folder.resolve("test.tsv"), layout.test);

    var trained = trained(layout, "dev.tsv");

    assertThat(trained.err()).isEmpty();
    assertThat(trained.code()).isZero();
    var report = trained.objects().getLast();
    assertThat(report.number("test." + layout.metric))
        .isBetween(
            report.number("test." + layout.metric + "_low"),
            report.number("test." + layout.metric + "_high"));
    assertThat(report.names()).contains("over_floor." + layout.metric);
    var run = folder.resolve("run").toString();
    var answered = Program.run("predict", run, "--file", test.toString(), "--json");
    assertThat(answered.err()).isEmpty();
    assertThat(answered.objects()).hasSize(1);
    String id = layout.test.getFirst().split("\t", -1)[0];
    String answer = layout.task.equals("regress") ? "value" : "label";
    assertThat(answered.objects().getFirst().names()).contains(id, answer);
  }

  /// Matched genres to validate on, others to test on; both have the labels of five people.
  @Test
  void mnliIsJudgedOnMismatchedGenres() throws IOException {
    var layout = layouts().filter(each -> each.name.equals("MNLI")).findFirst().orElseThrow();
    var header =
        layout.train.replace("\tgold_label", "\tlabel2\tlabel3\tlabel4\tlabel5\tgold_label");
    var rows =
        layout.rows.stream()
            .map(row -> row.replaceFirst("\t(\\w+)$", "\tneutral\tneutral\tneutral\tneutral\t$1"))
            .toList();
    file("dev.tsv", header, rows);
    file("dev_mismatched.tsv", header, rows);

    var trained = trained(layout, "dev_mismatched.tsv");

    assertThat(trained.err()).isEmpty();
    assertThat(trained.objects().getLast().number("test.accuracy")).isBetween(0.0, 1.0);
  }

  /// No header, the label second and the sentence fourth; the test file has a header and two
  /// columns.
  @Test
  void colaHasNoHeader() throws IOException {
    var layout =
        new Layout(
            "CoLA",
            "classify",
            "data.header=false data.text=4 data.label=2",
            "",
            List.of(
                "gj04\t1\t\tOur friends won't buy this \"analysis.",
                "gj04\t0\t*\tThey drank the pub."),
            List.of("index\tsentence", "0\tBill \"whistled past the house."),
            "matthews");
    file("dev.tsv", "", layout.rows);
    var test = Files.write(folder.resolve("test.tsv"), layout.test);

    var trained = trained(layout, "dev.tsv");

    assertThat(trained.err()).isEmpty();
    var report = trained.objects().getLast();
    assertThat(report.number("test.matthews")).isBetween(-1.0, 1.0);
    assertThat(report.names()).contains("test.matthews_low", "floor.matthews");
    var run = folder.resolve("run").toString();
    var answered = Program.run("predict", run, "--file", test.toString(), "--text", "2", "--json");
    assertThat(answered.err()).isEmpty();
    assertThat(answered.objects()).hasSize(2); // the names of the columns are a row to it
    assertThat(answered.objects().getLast().text("2")).isEqualTo("Bill \"whistled past the house.");
  }

  @Test
  void pairsAreAskedByArgumentsTablesAndLines() throws IOException {
    var layout = layouts().filter(each -> each.name.equals("RTE")).findFirst().orElseThrow();
    file("dev.tsv", layout.train, layout.rows);
    assertThat(trained(layout, "dev.tsv").code()).isZero();
    var run = folder.resolve("run").toString();

    var argument = Program.run("predict", run, "He died in Rome.\tHe died.", "--json");
    assertThat(argument.code()).isZero();
    assertThat(Program.runWith("He died in Rome.\tHe died.\n", "predict", run, "--json"))
        .isEqualTo(argument);
    var table =
        Files.writeString(folder.resolve("mine.csv"), "premise,claim\nHe died in Rome.,He died.\n")
            .toString();
    var renamed =
        Program.run(
            "predict", run, "--file", table, "--text", "premise", "--pair", "claim", "--json");
    assertThat(renamed.err()).isEmpty();
    assertThat(renamed.objects().getFirst().number("probability"))
        .isEqualTo(argument.objects().getFirst().number("probability"));
    assertThat(Program.run("predict", run, "only one"))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(1))
        .satisfies(
            refused ->
                assertThat(refused.err())
                    .startsWith("sequor: pair of texts: expected two with a tab between"));
    assertThat(Program.run("predict", run, "--file", table).err())
        .contains("expected a column 'sentence1', got premise, claim");
    var tokens = Program.run("tokenize", run, "a b\tc", "--json").objects().getFirst();
    assertThat(tokens.array("tokens").objects())
        .extracting(token -> token.text("token"))
        .contains("<eos>");
  }
}
