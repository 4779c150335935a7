package sequor.data;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import sequor.json.Nearest;

/// The public data sets that Sequor knows where to get. A new one is one entry here.
///
/// ```java
/// Catalogue.Entry surnames = Catalogue.entry("surnames");
/// Path file = finder.find(surnames.files().get(0));
/// ```
public final class Catalogue {
  private static final List<Entry> ENTRIES =
      List.of(
          new Entry(
              "names",
              "Surnames of 25 languages in Latin letters; comes with Sequor, needs no file",
              "Apache-2.0",
              "Datafaker, https://www.datafaker.net",
              List.of()),
          new Entry(
              "surnames",
              "10,980 surnames of 18 nationalities, with splits: the data of \"Natural Language "
                  + "Processing with PyTorch\" (Rao and McMahan)",
              "none stated; the book's repository is Apache-2.0",
              "https://github.com/delip/PyTorchNLPBook",
              List.of(
                  new File(
                      "surnames/surnames_with_splits.csv",
                      URI.create(
                          "https://raw.githubusercontent.com/lucasou15/Surname_Classification/"
                              + "0cac23fe1528eec3f2f3558123aca58f386c8d2d/surnames_with_splits.csv"),
                      229_675,
                      "7596d10a73c650fdd34a6432bc972cf47ce353db3d9e22fe60c7e4affd5b6d20"))),
          new Entry(
              "island",
              "\"The Mysterious Island\" (Jules Verne) in English, with what Project Gutenberg wrote"
                  + " around it",
              "public domain in the USA; Project Gutenberg License",
              "https://www.gutenberg.org/ebooks/1268",
              List.of(
                  new File(
                      "island/1268-0.txt",
                      URI.create(
                          "https://raw.githubusercontent.com/rickiepark/"
                              + "python-machine-learning-book-3rd-edition/"
                              + "d892dea7352e632917faa1f2fca2a4cb19b17664/ch16/1268-0.txt"),
                      1_171_600,
                      "355bfdc3f9b5e384b1918e817dd086ce0df97f4d294c69f032fb70b95c1e737c"))));

  private Catalogue() {}

  /// A data set.
  ///
  /// @param about what it is
  /// @param licence the terms it comes on, as its source states them
  /// @param source who made it, or where it is described
  /// @param files none for a data set that comes with Sequor
  public record Entry(String name, String about, String licence, String source, List<File> files) {
    public Entry {
      files = List.copyOf(files);
    }

    /// Whether it comes with Sequor.
    public boolean embedded() {
      return files.isEmpty();
    }
  }

  /// A file of a data set.
  ///
  /// @param path where it belongs below a data folder, with slashes: `surnames/names.csv`
  /// @param url where anybody can get it
  /// @param size in bytes
  /// @param sha256 in small hexadecimal digits
  public record File(String path, URI url, long size, String sha256) {
    private static final Pattern SAFE = Pattern.compile("[\\w-][\\w.-]*(/[\\w-][\\w.-]*)*");

    public File {
      if (!SAFE.matcher(path).matches()) {
        throw new DataException(
            ("catalogue: expected a path of letters, digits, . _ - and slashes, got \"%s\"; rename the"
                    + " file")
                .formatted(path));
      }
    }

    /// The last part of the path.
    public String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  public static List<Entry> entries() {
    return ENTRIES;
  }

  /// The data set of that name.
  ///
  /// @throws DataException when there is no such data set; the message names the nearest
  public static Entry entry(String name) {
    return ENTRIES.stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new DataException(
                    "catalogue: "
                        + Nearest.unknown(
                            "data set", name, ENTRIES.stream().map(Entry::name).toList())));
  }
}
