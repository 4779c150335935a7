package sequor.cli;

import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import sequor.json.Nearest;

/// What is wrong with a command line, in the words of all our errors: `--seed: expected a whole
/// number, got 'x'`.
final class Misuse {
  private static final Map<String, String> KINDS =
      Map.of(
          "int", "a whole number",
          "Integer", "a whole number",
          "long", "a whole number",
          "Long", "a whole number",
          "double", "a number",
          "Double", "a number",
          "boolean", "true or false",
          "Path", "a path");

  private Misuse() {}

  static String of(ParameterException e) {
    return switch (e) {
      case UnmatchedArgumentException unmatched when !unmatched.getUnmatched().isEmpty() ->
          unmatched(unmatched);
      case MissingParameterException missing when !missing.getMissing().isEmpty() ->
          missing(missing.getMissing().getFirst());
      case OverwrittenOptionException again ->
          "%s: expected once, got again".formatted(name(again.getOverwritten()));
      case MaxValuesExceededException _ -> said(e);
      default ->
          Optional.ofNullable(e.getArgSpec())
              .map(spec -> value(spec, String.valueOf(e.getValue())))
              .orElseGet(() -> said(e));
    };
  }

  private static String unmatched(UnmatchedArgumentException e) {
    String word = e.getUnmatched().getFirst();
    var command = e.getCommandLine();
    var verbs = command.getSubcommands();
    if (e.isUnknownOption()) {
      var options = command.getCommandSpec().optionsMap().keySet();
      String hint =
          word.startsWith("--") ? Nearest.hint(word, options) : ""; // a letter is like any
      return "expected an option of it, got \"%s\"%s".formatted(word, hint);
    }
    return verbs.isEmpty()
        ? "expected nothing more, got \"%s\"".formatted(word)
        : "expected a verb, got \"%s\"%s".formatted(word, Nearest.hint(word, verbs.keySet()));
  }

  private static String missing(ArgSpec spec) {
    return spec instanceof OptionSpec option
        ? "%s: expected %s, got nothing".formatted(option.longestName(), option.paramLabel())
        : "expected %s, got nothing".formatted(spec.paramLabel());
  }

  /// A value that could not be read.
  private static String value(ArgSpec spec, String value) {
    Class<?> type = spec.auxiliaryTypes()[0];
    String expected = KINDS.getOrDefault(type.getSimpleName(), spec.paramLabel());
    return "%s: expected %s, got '%s'"
        .formatted(name(spec), expected, value.replaceAll("\\p{Cntrl}", "?"));
  }

  private static String name(ArgSpec spec) {
    return switch (spec) {
      case OptionSpec option -> option.longestName();
      case PositionalParamSpec positional -> positional.paramLabel();
      default -> spec.paramLabel();
    };
  }

  /// Our own words, or those of the library where we have none.
  private static String said(ParameterException e) {
    String message = Optional.ofNullable(e.getMessage()).orElse("something is missing").strip();
    return Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }
}
