package sequor.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import sequor.tasks.Floor;
import sequor.tasks.Intervals;
import sequor.tasks.ReportSection;
import sequor.train.Bootstrap.Interval;

class ModelCardTest {
  @Test
  void tellsAllAReaderMustKnow() {
    assertThat(card("surname-best", "Dutch").markdown())
        .isEqualTo(
            """
            ---
            library_name: sequor
            pipeline_tag: "text-classification"
            ---
            # surname-best

            Says of which nationality a surname is.

            ## Results

            On the test split, which the training never saw. The floor is naive Bayes, character 2–4-grams. In brackets: where 95 % lie when the test examples are drawn anew, of the difference on the same draws.

            | metric | this model | floor | above the floor |
            | --- | ---: | ---: | ---: |
            | accuracy | 0.7910 [0.7700, 0.8100] | 0.7670 | 0.0240 [-0.0020, 0.0450] |
            | loss | 0.7500 | – | – |

            | label | precision | recall | f1 | count |
            | --- | ---: | ---: | ---: | ---: |
            | Dutch | 0.5000 | 0.2500 | 0.3333 | 36 |

            ![Learning curves](<curves.svg>)

            ## Use

            ```sh
            ./sequor predict runs/surname-best "Kowalski"
            ```

            ```java
            var model = Classifier.load(Path.of("runs/surname-best/model"));
            ```

            ## Data

            | set | size | licence | source | SHA-256 |
            | --- | --- | --- | --- | --- |
            | surnames | 10,980 names | none stated | https://example.org/names | 7596d1 |

            ## Configuration

            | setting | value |
            | --- | --- |
            | hidden_size | 64 |

            ## To make it again

            ```sh
            ./sequor train surname-best --seed 1
            ```

            Sequor 0.1.0, seed 1. The same command on the same data gives the same bytes:

            | file | SHA-256 |
            | --- | --- |
            | model.safetensors | abcdef |
            """);
  }

  @Test
  void namesFromFilesAreNoMarkup() {
    String markdown = card("a | b\n# c", "<script>x</script>|[l](u)*`_").markdown();

    assertThat(markdown)
        .contains("# a \\| b # c\n")
        .contains("| &lt;script>x&lt;/script>\\|\\[l\\](u)\\*\\`\\_ | 0.5000 |");
  }

  @Property(tries = 300)
  void noLabelAddsALine(@ForAll String label) {
    assertThat(card("x", label).markdown().split("\n", -1))
        .hasSameSizeAs(card("x", "Dutch").markdown().split("\n", -1));
  }

  @Test
  void aModelWithoutClassesHasNoTableOfThem() {
    var some = card("surname-generate", "Dutch");
    var results =
        new ModelCard.Results(Map.of(), Intervals.none(), new Floor("none", Map.of()), List.of());
    var card =
        new ModelCard(
            some.name(),
            some.task(),
            some.summary(),
            List.of(),
            Map.of(),
            results,
            Map.of(),
            new ModelCard.Usage("echo ```", ""),
            some.provenance());

    assertThat(card.markdown()).doesNotContain("| label |").contains("````sh\necho ```\n````");
  }

  @Test
  void aHugeNumberIsNoRowOfZeros() {
    var some = card("surname-generate", "Dutch");
    var results =
        new ModelCard.Results(
            Map.of("perplexity", 2.0193e35),
            Intervals.none(),
            new Floor("none", Map.of()),
            List.of());
    var card =
        new ModelCard(
            some.name(),
            some.task(),
            "",
            List.of(),
            Map.of(),
            results,
            Map.of(),
            some.usage(),
            some.provenance());

    assertThat(card.markdown()).contains("| perplexity | 2.0193e+35 | – |");
  }

  private static ModelCard card(String name, String label) {
    var metrics = new LinkedHashMap<String, Double>();
    metrics.put("accuracy", 0.791);
    metrics.put("loss", 0.75);
    return new ModelCard(
        name,
        "text-classification",
        "Says of which nationality a surname is.",
        List.of(
            new ModelCard.Data(
                "surnames", "10,980 names", "none stated", "https://example.org/names", "7596d1")),
        Map.of("hidden_size", "64"),
        new ModelCard.Results(
            metrics,
            new Intervals(
                Map.of("accuracy", new Interval(0.77, 0.81)),
                Map.of("accuracy", new Interval(-0.002, 0.045))),
            new Floor("naive Bayes, character 2–4-grams", Map.of("accuracy", 0.767)),
            List.of(
                new ReportSection.Table(
                    "classes",
                    List.of("label", "precision", "recall", "f1", "count"),
                    List.of(List.of(label, 0.5, 0.25, 1 / 3.0, 36L))))),
        Map.of("Learning curves", "curves.svg"),
        new ModelCard.Usage(
            "./sequor predict runs/surname-best \"Kowalski\"",
            "var model = Classifier.load(Path.of(\"runs/surname-best/model\"));"),
        new ModelCard.Provenance(
            "0.1.0",
            "./sequor train surname-best --seed 1",
            1,
            Map.of("model.safetensors", "abcdef")));
  }
}
