package sequor.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import sequor.FileException;

/// The folder of one training.
///
/// ```
/// recipe.yaml                    what was asked for, every default spelled out
/// metrics.jsonl                  one JSON object a line, as training went on
/// events.out.tfevents.*          the same for TensorBoard
/// curves/                        the same as pictures
/// checkpoints/0000001200.safetensors   all that is needed to go on from step 1200
/// model/                         the trained model
/// .lock                          while somebody trains, so that nobody else does
/// ```
public record RunDirectory(Path path) {
  private static final Pattern CHECKPOINT = Pattern.compile("\\d{10,18}\\.safetensors");

  /// Makes the folder, if there is none, and keeps all others from training in it.
  ///
  /// @throws StoreException if another training has it, or it cannot be written
  public RunLock lock() {
    return RunLock.take(path);
  }

  /// Whether nothing stands in the folder, but for the lock.
  ///
  /// @throws StoreException if the folder cannot be read
  public boolean isEmpty() {
    try (var files = Files.list(path)) {
      return files.allMatch(file -> file.endsWith(RunLock.NAME));
    } catch (IOException e) {
      throw FileException.unreadable(path, e);
    }
  }

  /// Deletes the folder if nothing at all is in it, not even the lock of another training.
  public void deleteIfEmpty() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      return; // there is something in it; and an empty folder does no harm
    }
  }

  /// What was asked for, every default spelled out.
  public Path recipe() {
    return path.resolve("recipe.yaml");
  }

  /// How training went, step by step.
  public MetricsFile metrics() {
    return new MetricsFile(path.resolve("metrics.jsonl"));
  }

  /// The folder of pictures of how training went.
  public Path curves() {
    return path.resolve("curves");
  }

  /// The trained model.
  public ModelDirectory model() {
    return new ModelDirectory(path.resolve("model"));
  }

  /// Where the checkpoint of a step stands or will stand. It is one file, so that it is whole or
  /// not there.
  ///
  /// @param step at least 0
  public Path checkpoint(long step) {
    if (step < 0) {
      throw new StoreException(path, "a step from 0 on", step, "count steps from 0");
    }
    return path.resolve("checkpoints")
        .resolve(String.format(Locale.ROOT, "%010d.safetensors", step));
  }

  /// The checkpoints that are there, by rising step.
  ///
  /// @throws StoreException if the folder cannot be read
  public List<Path> checkpoints() {
    Path folder = path.resolve("checkpoints");
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> CHECKPOINT.matcher(String.valueOf(file.getFileName())).matches())
          .sorted(Comparator.comparingLong(RunDirectory::step))
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw FileException.unreadable(folder, e);
    }
  }

  /// The checkpoint to resume from.
  ///
  /// @throws StoreException if the folder cannot be read
  public Optional<Path> latestCheckpoint() {
    List<Path> all = checkpoints();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  private static long step(Path checkpoint) {
    String name = String.valueOf(checkpoint.getFileName());
    return Long.parseLong(name.substring(0, name.indexOf('.')));
  }
}
