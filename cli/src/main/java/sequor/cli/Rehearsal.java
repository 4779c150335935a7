package sequor.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Does once, on made-up words, what the verbs do, so that Java can note which classes they read;
/// the launcher has them put into an archive from which later starts take them ready-made.
///
/// It writes into a temporary folder of its own, which it removes, and prints nothing.
final class Rehearsal {
  private final Path folder;
  private final PrintWriter nowhere = new PrintWriter(Writer.nullWriter());

  private Rehearsal(Path folder) {
    this.folder = folder;
  }

  /// Arguments: none.
  static void main(String[] args) throws IOException {
    var folder = Files.createTempDirectory("sequor-rehearsal");
    try {
      new Rehearsal(folder).run();
    } finally {
      remove(folder);
    }
  }

  private void run() throws IOException {
    var table = folder.resolve("words.csv");
    Files.write(table, words());
    var classifier = train("classify", "gru", table);
    var generator = train("model-language", "lstm", table);
    run("evaluate", classifier);
    run("predict", classifier, "abab", "--json");
    run("predict", classifier, "abab");
    run("predict", classifier, "--file", table.toString());
    run("generate", generator, "--count", "1", "--max-tokens", "3");
    run("tokenize", classifier, "abab");
    run("runs", "--in", folder.toString());
    run("data", "list");
    run("recipe", "list");
    run("bench", "step", "--help");
    run("doctor");
    run("trian"); // nothing of that name: all verbs, and a hint
    run("--help");
    run("--version");
  }

  private static List<String> words() {
    var lines = new ArrayList<>(List.of("word,kind"));
    for (int i = 0; i < 24; i++) {
      lines.add("ab".repeat(i % 4 + 1) + (i % 2 == 0 ? ",one" : "a,two"));
    }
    return lines;
  }

  /// The run that came of it.
  private String train(String task, String cell, Path table) throws IOException {
    var recipe = folder.resolve(task + ".yaml");
    Files.writeString(
        recipe,
        """
        task: %s
        about: Looks at words.
        data:
          file: '%s'
          text: word
          label: kind
        model:
          cell: %s
          embedding_size: 8
          hidden_size: 8
        training:
          epochs: 1
          batch_size: 8
        """
            .formatted(task, table, cell));
    var run = folder.resolve(task).toString();
    run("train", recipe.toString(), "--out", run);
    return run;
  }

  private void run(String... arguments) {
    Main.run(nowhere, nowhere, arguments);
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
