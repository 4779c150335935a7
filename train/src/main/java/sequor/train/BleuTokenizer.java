package sequor.train;

import java.util.List;
import java.util.regex.Pattern;

/// How sacreBLEU cuts a text into the tokens that [Bleu] counts.
public enum BleuTokenizer {
  /// As mteval-v13a does: signs of ASCII apart from words; for most European languages.
  THIRTEEN_A("13a") {
    @Override
    List<String> tokens(String text) {
      String line = text.replace("<skipped>", "").replace("-\n", "").replace('\n', ' ');
      if (line.contains("&")) {
        line =
            line.replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&gt;", ">");
      }
      line = SIGNS.matcher(" " + line + " ").replaceAll(" $1 ");
      line = POINT_BEHIND.matcher(line).replaceAll("$1 $2 ");
      line = POINT_BEFORE.matcher(line).replaceAll(" $1 $2");
      return PythonText.split(DASH.matcher(line).replaceAll("$1 $2 "));
    }
  },
  /// As mteval-v14 does `--international-tokenization`: the signs of all scripts.
  INTL("intl") {
    @Override
    List<String> tokens(String text) {
      String line = SIGN_BEHIND.matcher(text).replaceAll("$1 $2 ");
      line = SIGN_BEFORE.matcher(line).replaceAll(" $1 $2");
      return PythonText.split(SYMBOL.matcher(line).replaceAll(" $1 "));
    }
  },
  /// Each character: for languages that put no space between words.
  CHAR("char") {
    @Override
    List<String> tokens(String text) {
      var characters = text.codePoints().mapToObj(Character::toString).toList();
      return PythonText.split(String.join(" ", characters));
    }
  },
  /// At white space alone: texts that are cut already.
  NONE("none") {
    @Override
    List<String> tokens(String text) {
      return PythonText.split(text);
    }
  };

  private static final Pattern SIGNS = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
  private static final Pattern POINT_BEHIND = Pattern.compile("([^0-9])([.,])");
  private static final Pattern POINT_BEFORE = Pattern.compile("([.,])([^0-9])");
  private static final Pattern DASH = Pattern.compile("([0-9])(-)");
  private static final Pattern SIGN_BEHIND = Pattern.compile("(\\P{N})(\\p{P})");
  private static final Pattern SIGN_BEFORE = Pattern.compile("(\\p{P})(\\P{N})");
  private static final Pattern SYMBOL = Pattern.compile("(\\p{S})");

  private final String code;

  BleuTokenizer(String code) {
    this.code = code;
  }

  /// What sacreBLEU calls it: `13a`.
  public String code() {
    return code;
  }

  /// The one that sacreBLEU calls so.
  ///
  /// @throws TrainException if there is none
  public static BleuTokenizer of(String code) {
    for (var each : values()) {
      if (each.code.equals(code)) {
        return each;
      }
    }
    throw Check.wrong(
        "bleu: the tokenizer must be 13a, intl, char or none, got \"%s\"; choose one of them",
        code);
  }

  abstract List<String> tokens(String text);
}
