package sequor.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sequor.json.Json;
import sequor.json.JsonObject;

/// Runs command lines as a user does, and holds what they print.
///
/// @param code the exit code
record Program(int code, String out, String err) {

  static Program run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Program(code, out.toString(), err.toString());
  }

  /// With that on standard input.
  static Program runWith(String in, String... arguments) {
    var before = System.in;
    System.setIn(new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)));
    try {
      return run(arguments);
    } finally {
      System.setIn(before);
    }
  }

  /// `train` with that recipe into that folder, which must succeed.
  static String trained(Path recipe, Path run, String... more) {
    var command = new ArrayList<>(List.of("train", recipe.toString(), "--out", run.toString()));
    command.addAll(List.of(more));
    var program = run(command.toArray(String[]::new));
    if (program.code != 0) {
      throw new AssertionError(program.err);
    }
    return run.toString();
  }

  List<String> lines() {
    return out.lines().toList();
  }

  /// Standard output, every line of which must be a JSON object.
  List<JsonObject> objects() {
    return out.lines().map(line -> Json.parseObject(line, "line")).toList();
  }

  /// `words.csv` in that folder: words of two languages with letters of their own.
  static Path words(Path folder) throws IOException {
    var lines = new ArrayList<String>(List.of("word,language"));
    for (int i = 0; i < 30; i++) {
      lines.add("ab".repeat(i % 5 + 1) + (i % 3 == 0 ? "a" : "") + ",Abba");
      lines.add("ik".repeat(i % 4 + 1) + (i % 2 == 0 ? "i" : "") + ",Ikki");
    }
    return Files.write(folder.resolve("words.csv"), lines);
  }

  /// `NAME.yaml` in that folder: a small recipe for these words.
  static Path recipe(Path folder, String name, String task, String label) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        task: %s
        about: Looks at words.
        data:
          file: '%s'
          text: word
          label: '%s'
        model:
          embedding_size: 5
          hidden_size: 7
        training:
          epochs: 3
          batch_size: 8
          learning_rate: 0.03
        """
            .formatted(task, words(folder), label));
  }
}
