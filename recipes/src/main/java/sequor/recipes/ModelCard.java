package sequor.recipes;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sequor.tasks.Floor;
import sequor.tasks.Intervals;
import sequor.tasks.ReportSection;

/// What the reader of a model directory must know: the words and numbers of its `README.md`.
///
/// ```java
/// AtomicFile.write(directory.card(), card.markdown());
/// ```
///
/// @param name what the model is called
/// @param task what it does, by the hub's word for it, such as `text-classification`
/// @param summary the same in a sentence or two
/// @param configuration the settings that made it, in order
/// @param pictures files of the same folder that are shown, by what they show
public record ModelCard(
    String name,
    String task,
    String summary,
    List<Data> data,
    Map<String, String> configuration,
    Results results,
    Map<String, String> pictures,
    Usage usage,
    Provenance provenance) {
  public ModelCard {
    requireNonNull(name);
    requireNonNull(task);
    requireNonNull(summary);
    data = List.copyOf(data);
    configuration = ordered(configuration);
    requireNonNull(results);
    pictures = ordered(pictures);
    requireNonNull(usage);
    requireNonNull(provenance);
  }

  /// What the model learned from.
  ///
  /// @param size how much there is of it, in a reader's words: `7,680 / 1,640 / 1,660 names`
  /// @param licence on what terms it may be used; say so where none is stated
  /// @param source where anyone can get it
  /// @param checksum of the file that was read, empty where there is no file
  public record Data(String name, String size, String licence, String source, String checksum) {}

  /// How good it is on examples it has never seen.
  ///
  /// @param metrics values by name, in order
  /// @param intervals where 95 % of them lie
  /// @param tables what else there is to say of it
  public record Results(
      Map<String, Double> metrics,
      Intervals intervals,
      Floor floor,
      List<ReportSection.Table> tables) {
    public Results {
      metrics = ordered(metrics);
      requireNonNull(intervals);
      requireNonNull(floor);
      tables = List.copyOf(tables);
    }
  }

  /// How to use it.
  ///
  /// @param commandLine one or more commands
  /// @param java a complete snippet
  public record Usage(String commandLine, String java) {}

  /// How to make the same model again, and how to know that it is the same.
  ///
  /// @param version Sequor's
  /// @param command what was typed
  /// @param checksums SHA-256 by file name
  public record Provenance(
      String version, String command, long seed, Map<String, String> checksums) {
    public Provenance {
      checksums = ordered(checksums);
    }
  }

  /// The card as Markdown, with the header that model hubs read.
  public String markdown() {
    return new ModelCardText(this).write();
  }

  private static <T> Map<String, T> ordered(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
