package sequor.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sequor.settings.SettingsException;

/// Whatever a file holds, reading it ends soon, and with a [SettingsException] if it is no recipe.
class HostileRecipeTest {
  static List<String> bombs() {
    var laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String alias = "*a" + (i - 1);
      laughs.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", alias, alias, alias)));
    }
    return List.of(
        laughs.toString(),
        "about: &a [*a]",
        "&a {about: *a}",
        "&k about: x",
        "task: classify\n*k : x",
        "task: classify\nabout: &a x",
        "? {a: &k b}\n: *k",
        "about: " + "[".repeat(100_000),
        "about: " + "{a: ".repeat(100_000),
        "a:\n" + nested(5000),
        "about: '" + "x".repeat(3 << 20),
        "task: " + "9".repeat(500_000),
        "task: 0b" + "1".repeat(500_000),
        "task: classify\ntraining: {seed: " + "9".repeat(500_000) + "}",
        "task: classify\ntraining: {learning_rate: 1e" + "9".repeat(500_000) + "}",
        "? &a [*a]\n: b",
        "<<: {task: classify}",
        "\u0000",
        "\uD800");
  }

  private static String nested(int depth) {
    var yaml = new StringBuilder();
    for (int i = 1; i < depth; i++) {
      yaml.append(" ".repeat(i)).append("a:\n");
    }
    return yaml.toString();
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void bombsAreRefused(String yaml) {
    assertThatThrownBy(() -> parse(yaml)).isInstanceOf(SettingsException.class);
  }

  @Property(tries = 500)
  void anyTextIsRefusedOrRead(@ForAll("likeYaml") String yaml) {
    requireRefusedOrRead(yaml);
  }

  @Property(tries = 300)
  void anyValueIsRefusedOrRead(@ForAll("likeYaml") String value) {
    requireRefusedOrRead("task: classify\nabout: " + value);
    requireRefusedOrRead("task: classify\nmodel: {dropout: " + value + "}");
  }

  @Property(tries = 300)
  void anyOverrideIsRefusedOrTaken(@ForAll("likeYaml") String override) {
    try {
      Recipe.load("names", List.of(override)).settings();
    } catch (SettingsException e) {
      assertThat(e).hasMessageStartingWith("--set: ");
    }
  }

  private static void requireRefusedOrRead(String yaml) {
    try {
      var recipe = parse(yaml);
      var again = Recipe.parse("again", recipe.resolved(), "again.yaml", List.of());
      assertThat(recipe.differences(again)).as(recipe.resolved()).isEmpty();
    } catch (SettingsException e) {
      assertThat(e).hasMessageStartingWith("hostile.yaml").hasMessageNotContaining("null");
    }
  }

  private static Recipe parse(String yaml) {
    return Recipe.parse("hostile", yaml, "hostile.yaml", List.of());
  }

  @Provide
  Arbitrary<String> likeYaml() {
    var pieces =
        Arbitraries.of(
            "task: classify\n",
            "model:\n",
            "  cell: gru\n",
            "data",
            ": ",
            "- ",
            "\n",
            "  ",
            "&a ",
            "*a",
            "!!int ",
            "!!binary ",
            "!x ",
            "? ",
            "{",
            "}",
            "[",
            "]",
            ",",
            "|\n",
            ">\n",
            "'",
            "\"",
            "#",
            "%YAML 1.1\n",
            "---\n",
            "1",
            "-0",
            "1e9",
            "0x1F",
            "1:30",
            ".inf",
            ".nan",
            "~",
            "yes",
            "=",
            ".",
            "2001-01-01",
            "\t",
            "\\u12",
            "é",
            "한",
            "😀",
            "\u0085",
            "model.cell",
            "\u007f",
            "\u0000",
            "\u2028",
            "\uFEFF",
            "\"\\u0085\\u007f\\u2029\"",
            "99999999999999999999");
    return pieces.list().ofMaxSize(12).map(list -> String.join("", list));
  }
}
