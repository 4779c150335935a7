package sequor.benchmarks.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import sequor.data.DataFinder;
import sequor.kernels.Parallel;
import sequor.recipes.Recipe;
import sequor.recipes.Run;

/// A [Job] with Sequor: what `sequor train` does, with its floor, its logs and its checkpoints.
final class SequorJob {
  private SequorJob() {}

  /// Arguments: recipe, file, epochs (early stopping decides), threads.
  static void main(String[] args) throws IOException {
    Parallel.threads(Integer.parseInt(args[3]));
    var recipe = Recipe.load(args[0], List.of("data.set=", "data.file=" + args[1]));
    var folder = Files.createTempDirectory("sequor-job");
    var finder = DataFinder.of(System.getenv(), folder);
    try {
      new Run(recipe, folder, finder, InstantSource.system()).train(new Printer(), false);
    } finally {
      delete(folder);
    }
  }

  private static final class Printer implements Run.Listener {
    @Override
    public void epochEnded(Epoch epoch) {
      System.out.println("epoch " + epoch.number());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(SequorJob::deleteOne);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
