package sequor.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// The public data sets, where this machine has them. A test of theirs goes on with small data of
/// its own elsewhere, which is said in its output; where `SEQUOR_DATA` names their folder, one that
/// is not there is a failure.
public final class PublicData {
  private static final String SURNAMES = "surnames/surnames_with_splits.csv";

  private PublicData() {}

  /// The data set `surnames`, a table with the columns nationality, split and surname.
  public static Optional<Path> surnames() {
    return file(SURNAMES);
  }

  /// *The Mysterious Island* as Project Gutenberg gives it out.
  public static Optional<Path> island() {
    return file("island/1268-0.txt");
  }

  /// The split `train`, `dev` or `test` of the English Web Treebank, in gzipped CoNLL-U.
  public static Optional<Path> ewt(String split) {
    return file("ud-ewt/en_ewt-ud-%s.conllu.gz".formatted(split));
  }

  /// The same of the Korean treebank GSD.
  public static Optional<Path> koreanGsd(String split) {
    return file("ud-ko-gsd/ko_gsd-ud-%s.conllu.gz".formatted(split));
  }

  /// A file of `SEQUOR_DATA`, or else of the folder `shared/data` beside the repository.
  private static Optional<Path> file(String name) {
    String named = System.getenv().getOrDefault("SEQUOR_DATA", "");
    var found =
        Stream.of(named.isEmpty() ? "../../shared/data" : named)
            .map(folder -> Path.of(folder, name))
            .filter(Files::exists)
            .findFirst();
    if (found.isEmpty() && !named.isEmpty()) {
      throw new AssertionError(
          "SEQUOR_DATA: expected a folder with %s, got %s".formatted(name, named));
    }
    if (found.isEmpty()) {
      System.out.println("NOT ON REAL DATA: no " + name + ", small data stand for it");
    }
    return found;
  }
}
