package sequor.data;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import sequor.json.Nearest;

/// The public data sets that Sequor knows where to get. A new one is one entry here.
///
/// ```java
/// Catalogue.Entry surnames = Catalogue.entry("surnames");
/// Path file = finder.find(surnames.file(Split.TRAIN).orElseThrow());
/// ```
public final class Catalogue {
  private static final String UNIVERSAL =
      "https://raw.githubusercontent.com/UniversalDependencies/";

  private static final String MULTI30K =
      "https://github.com/multi30k/dataset/raw/master/data/task1/raw/";

  private static final String SERIES =
      "https://raw.githubusercontent.com/jbrownlee/Datasets/d20fcb6402ae34e653d4513b00f39257bb37ed7f/";

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry(
              "names",
              "Surnames of 25 languages in Latin letters; comes with Sequor, needs no file",
              "Apache-2.0",
              "Datafaker, https://www.datafaker.net",
              List.of()),
          new Entry(
              Passage.NAME,
              "A passage of 60 words about a harbour; comes with Sequor, needs no file",
              "Apache-2.0",
              "written for Sequor",
              List.of()),
          new Entry(
              Embedded.TALK,
              "322 questions at a harbour and their answers; comes with Sequor, needs no file",
              "Apache-2.0",
              "written for Sequor",
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
                      "https://raw.githubusercontent.com/lucasou15/Surname_Classification/"
                          + "0cac23fe1528eec3f2f3558123aca58f386c8d2d/surnames_with_splits.csv",
                      229_675,
                      "7596d10a73c650fdd34a6432bc972cf47ce353db3d9e22fe60c7e4affd5b6d20"))),
          new Entry(
              "imdb",
              "50,000 film reviews, half of them positive (Maas et al. 2011): 20,000 to train and"
                  + " 5,000 to validate of the original training half, and the original test half",
              "none stated; the authors ask to be cited, the texts are IMDb users'",
              "https://ai.stanford.edu/~amaas/data/sentiment; tables with the columns review and"
                  + " sentiment (1 or 0) are made of its folders",
              List.of(
                  File.unpublished(
                      "imdb/train.csv.gz",
                      10_733_785,
                      "d419b7d7073ba82cd4f0628e5e9e537967de144ddb677dd7604687f9f0bb1ec9"),
                  File.unpublished(
                          "imdb/valid.csv.gz",
                          2_642_150,
                          "0c46fc768d1299d5d710f3c5ea7204abfbe897332db0bd28abbe435e05236879")
                      .as(Split.VALID),
                  File.unpublished(
                          "imdb/test.csv.gz",
                          13_055_953,
                          "1e779eeb902e5a4b3549140b8d06df29270894132f37a3241dfe0124ef6db0eb")
                      .as(Split.TEST))),
          new Entry(
              "nsmc",
              "200,000 Korean film reviews, half of them positive: the Naver sentiment movie corpus",
              "CC0 1.0",
              "https://github.com/e9t/nsmc",
              List.of(
                  new File(
                      "nsmc/ratings_train.txt",
                      "https://raw.githubusercontent.com/e9t/nsmc/master/ratings_train.txt",
                      14_628_807,
                      "e03b7d14e9e41be8d464a28057cd25d7396c53e67aa7fd5f7e552c59b0ee2940"),
                  new File(
                          "nsmc/ratings_test.txt",
                          "https://raw.githubusercontent.com/e9t/nsmc/master/ratings_test.txt",
                          4_893_335,
                          "8ac9f64052f11dbf6ae0acb5e038f03d90a76f0eda7820cfb3a92d02edfcebda")
                      .as(Split.TEST))),
          new Entry(
              "ud-ewt",
              "16,622 English sentences of the web, each word with its part of speech: Universal"
                  + " Dependencies, English Web Treebank 2.16",
              "CC BY-SA 4.0",
              "https://github.com/UniversalDependencies/UD_English-EWT",
              List.of(
                  new File(
                      "ud-ewt/en_ewt-ud-train.conllu",
                      UNIVERSAL + "UD_English-EWT/r2.16/en_ewt-ud-train.conllu",
                      14_203_025,
                      "3fb78e2b55482c8ee00caa653af436c88c9e5bc9a73ce26e4ae3ddc79d2b7e7b"),
                  new File(
                          "ud-ewt/en_ewt-ud-dev.conllu",
                          UNIVERSAL + "UD_English-EWT/r2.16/en_ewt-ud-dev.conllu",
                          1_805_545,
                          "531a54ff90d6ab12201c5a50c3e78e6ddac4de69abc4bce5d275d3cd29efe2b6")
                      .as(Split.VALID),
                  new File(
                          "ud-ewt/en_ewt-ud-test.conllu",
                          UNIVERSAL + "UD_English-EWT/r2.16/en_ewt-ud-test.conllu",
                          1_804_515,
                          "e266e515a0a7547657ed3d90d9ba46487d6bd251f27ad4269d4e8a427c8555cd")
                      .as(Split.TEST))),
          new Entry(
              "ud-ko-gsd",
              "6,339 Korean sentences, each word with its part of speech and those of its morphemes:"
                  + " Universal Dependencies, Korean GSD 2.10",
              "CC BY-SA 4.0",
              "https://github.com/UniversalDependencies/UD_Korean-GSD",
              List.of(
                  new File(
                      "ud-ko-gsd/ko_gsd-ud-train.conllu",
                      UNIVERSAL + "UD_Korean-GSD/r2.10/ko_gsd-ud-train.conllu",
                      3_446_767,
                      "2ed449cf0a91283c526fab93e0cb89736eb4fecaa9d0ed7b45ecf4fb14e3faa0"),
                  new File(
                          "ud-ko-gsd/ko_gsd-ud-dev.conllu",
                          UNIVERSAL + "UD_Korean-GSD/r2.10/ko_gsd-ud-dev.conllu",
                          727_020,
                          "e5fb7a0fef26f7172751b2791112bbc9ae560940e4f1250b6a33f25716b5bbca")
                      .as(Split.VALID),
                  new File(
                          "ud-ko-gsd/ko_gsd-ud-test.conllu",
                          UNIVERSAL + "UD_Korean-GSD/r2.10/ko_gsd-ud-test.conllu",
                          708_451,
                          "875b8cf2223767c44c641c63a87fe266725c3e5ff0d7080732f7d5ba98eb4a19")
                      .as(Split.TEST))),
          new Entry(
              "multi30k",
              "31,014 captions of pictures in English, German and French, and 1,000 to test (2016):"
                  + " Multi30k, task 1",
              "none stated; the authors ask to be cited (Elliott et al. 2016, 2017)",
              "https://github.com/multi30k/dataset",
              List.of(
                  multi30k(
                      Split.TRAIN,
                      "train",
                      "de",
                      637_044,
                      "726e39b2fa9eb9ffb6dc763fb35a179f80fae06ffc5d28b6ace5faa883de28a6"),
                  multi30k(
                      Split.TRAIN,
                      "train",
                      "en",
                      568_929,
                      "d79cfa999dd4c51d2cb42499b6796d5a882c3a8a961923c25a898c90f8bbd56f"),
                  multi30k(
                      Split.TRAIN,
                      "train",
                      "fr",
                      604_242,
                      "622e75069e9f4c577425c4f277116ce66e63a2401c0a2312d90073cb12379a3c"),
                  multi30k(
                      Split.VALID,
                      "val",
                      "de",
                      24_681,
                      "f0cba2f995189cf5770f29a8a9a537a3ad3f51657ad873405082ff6863a5e75a"),
                  multi30k(
                      Split.VALID,
                      "val",
                      "en",
                      21_650,
                      "14f7d25ddd868909a9213e361768460edcacdd6ab9d1e77b92560dc10c10dc28"),
                  multi30k(
                      Split.VALID,
                      "val",
                      "fr",
                      23_001,
                      "ca3106f1a72390591d25f6c45cb4cd39dec4cd3f123e099748a3ce5256c160e9"),
                  multi30k(
                      Split.TEST,
                      "test_2016_flickr",
                      "de",
                      22_890,
                      "9204244e408ccb38d2a55cfcd344df15005fc42a07a6e55ca6c52b6ababb8cc8"),
                  multi30k(
                      Split.TEST,
                      "test_2016_flickr",
                      "en",
                      21_077,
                      "611d361c6334bc7246101d48097c13cf5c4413c5befc793cc629934359d532d9"),
                  multi30k(
                      Split.TEST,
                      "test_2016_flickr",
                      "fr",
                      22_310,
                      "6d326e188d259fb1d04ac19eae3af956559b3a0b93d7635e56c90987c40c8b90"))),
          new Entry(
              "island",
              "Jules Verne's novel The Mysterious Island in English, 1.1 million characters",
              "Project Gutenberg License; the text is public domain in the USA",
              "https://www.gutenberg.org/ebooks/1268",
              List.of(
                  new File(
                      "island/1268-0.txt",
                      "https://raw.githubusercontent.com/rickiepark/python-machine-learning-book-"
                          + "3rd-edition/d892dea7352e632917faa1f2fca2a4cb19b17664/ch16/1268-0.txt",
                      1_171_600,
                      "355bfdc3f9b5e384b1918e817dd086ce0df97f4d294c69f032fb70b95c1e737c"))),
          new Entry(
              "text8",
              "1.2 million words of English Wikipedia as of 2006, small letters and spaces: the first"
                  + " 6,877,824 bytes of text8",
              "the text is Wikipedia's (GFDL and CC BY-SA)",
              "http://mattmahoney.net/dc/textdata.html; head -c 6877824 text8",
              List.of(
                  File.unpublished(
                      "corpus/text8-prefix.txt.gz",
                      2_299_623,
                      "075b38b70bd2cbfd40164714cacbc843bf2552831d0437026031508520ed9405"))),
          series(
              "airline",
              "Passengers of airlines in thousands, month by month from 1949 to 1960 (Box and Jenkins)",
              "airline-passengers.csv",
              2_180,
              "8cb51be753a718d9be5d76d7e238cc224792754676adc21faa59e954b0201621"),
          series(
              "temperatures",
              "The lowest temperature of each day in Melbourne from 1981 to 1990",
              "daily-min-temperatures.csv",
              67_921,
              "8b9de63ed6789492bf497625e7f9beb96a63d367b4b0a21754006f749fa5e5da"),
          series(
              "sunspots",
              "Sunspots as Zurich counted them, month by month from 1749 to 1983",
              "monthly-sunspots.csv",
              45_039,
              "c4ec8cc57d9f6fb6ecdb3e1f37f25b6f4badd5124c55931052b0cd2fc3bc71f3"),
          new Entry(
              "etth1",
              "Six loads and the oil temperature (OT) of an electricity transformer, hour by hour from"
                  + " July 2016 to June 2018 (Zhou et al. 2021)",
              "CC BY-ND 4.0",
              "https://github.com/zhouhaoyi/ETDataset",
              List.of(
                  new File(
                      "series/ETTh1.csv",
                      "https://raw.githubusercontent.com/zhouhaoyi/ETDataset/main/ETT-small/ETTh1.csv",
                      2_589_657,
                      "f18de3ad269cef59bb07b5438d79bb3042d3be49bdeecf01c1cd6d29695ee066"))),
          new Entry(
              "corpus",
              "7.9 million words of running English: 800 articles of Wikipedia and 20 novels",
              "CC BY-SA 3.0 (the articles), public domain in the USA (the novels)",
              "https://github.com/chapmanjacobd/wiki-welcome and https://github.com/GITenberg, one"
                  + " paragraph a line",
              List.of(
                  File.unpublished(
                      "corpus/wikipedia-800.txt.gz",
                      5_996_535,
                      "f5fef1e2ded852b0e6305c7f7edc4b0ab214cb347208be3a7d9445dc0a16454d"),
                  File.unpublished(
                      "corpus/gutenberg-20.txt.gz",
                      10_839_999,
                      "fa85f96eed21c4ebdd3adb3343664c913bd1ec377cc35397787a2ed5ee8305ef"))));

  private Catalogue() {}

  private static Entry series(String name, String about, String file, long size, String sha256) {
    return new Entry(
        name,
        about,
        "none stated; the series are those of the Time Series Data Library",
        "https://github.com/jbrownlee/Datasets",
        List.of(new File("series/" + file, SERIES + file, size, sha256)));
  }

  private static File multi30k(Split part, String name, String column, long size, String sha256) {
    String file = name + "." + column + ".gz";
    return new File("multi30k/" + file, MULTI30K + file, size, sha256).as(part).as(column);
  }

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

    /// The file whose rows are for that part, or the first of several; those for training are also
    /// split, where another part has no file.
    public Optional<File> file(Split part) {
      return files(part).stream().findFirst();
    }

    /// The files whose rows are for that part, one behind the other.
    public List<File> files(Split part) {
      return files.stream().filter(file -> file.part() == part).toList();
    }

    /// Whether it comes with Sequor.
    public boolean embedded() {
      return files.isEmpty();
    }
  }

  /// A file of a data set.
  ///
  /// @param path where it belongs below a data folder, with slashes: `surnames/names.csv`
  /// @param part what its rows are for
  /// @param column what its lines are, beside those of the files of the same part; empty for a file
  ///   that holds rows
  /// @param url where anybody can get it; none if it is only made of what is published
  /// @param size in bytes
  /// @param sha256 in small hexadecimal digits
  public record File(
      String path, Split part, String column, Optional<URI> url, long size, String sha256) {
    private static final Pattern SAFE = Pattern.compile("[\\w-][\\w.-]*(/[\\w-][\\w.-]*)*");

    public File {
      if (!SAFE.matcher(path).matches()) {
        throw new DataException(
            ("catalogue: expected a path of letters, digits, . _ - and slashes, got \"%s\"; rename the"
                    + " file")
                .formatted(path));
      }
    }

    /// A published file of rows to train on, or to split.
    public File(String path, String url, long size, String sha256) {
      this(path, Split.TRAIN, "", Optional.of(URI.create(url)), size, sha256);
    }

    static File unpublished(String path, long size, String sha256) {
      return new File(path, Split.TRAIN, "", Optional.empty(), size, sha256);
    }

    File as(Split other) {
      return new File(path, other, column, url, size, sha256);
    }

    File as(String ofColumn) {
      return new File(path, part, ofColumn, url, size, sha256);
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
