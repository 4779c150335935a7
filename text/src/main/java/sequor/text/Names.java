package sequor.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import net.datafaker.Faker;

/// The data set that is always there: real surnames and the languages they are at home in.
///
/// ```java
/// DataSet<Example> names =
///     Names.table().splitBy("split").map(Example.columns("name", "language"));
/// ```
///
/// The names are those that Datafaker (Apache-2.0) makes up people with, read from its artefact
/// when they are asked for. Kept are names in Latin letters. A name that several languages list has
/// no one answer and is left out, but the Dutch list is a census of all who live there: what
/// another language also lists is that language's. Of a language with many names 500 are kept,
/// chosen by a hash, so that none swamps the rest; one with fewer than 80 is left out.
///
/// The same hash deals each language's names out (70 % train, 15 % valid, 15 % test), so that the
/// splits are the same in every run, whatever its seed.
public final class Names {
  private static final int MOST = 500;
  private static final int FEWEST = 80;
  private static final Fractions PARTS = new Fractions(0.7, 0.15, 0.15);

  /// The language whose list yields to all others.
  private static final String CENSUS = "Dutch";

  private static final String ANY = "name.last_name";
  private static final String MALE = "name.male_last_name";
  private static final String FEMALE = "name.female_last_name";

  /// A list of names: the language, Datafaker's locale, and the key of the list there.
  private record Source(String language, String locale, String key) {}

  /// Not here: lists with another language's names (`en`, which is all of America's; `cs` and `sk`,
  /// which are one list), with given names (`en-NG`, `vi`), and with accents that are not there
  /// (`fr-CA`).
  private static final List<Source> SOURCES =
      List.of(
          new Source("Catalan", "ca", ANY),
          new Source("Croatian", "hr", ANY),
          new Source("Czech", "cs-CZ", MALE),
          new Source("Czech", "cs-CZ", FEMALE),
          new Source("Danish", "da-DK", ANY),
          new Source("Dutch", "nl", ANY),
          new Source("English", "en-AU", ANY),
          new Source("English", "en-NZ", ANY),
          new Source("English", "en-IE", ANY),
          new Source("Estonian", "et", ANY),
          new Source("Finnish", "fi-FI", ANY),
          new Source("French", "fr", ANY),
          new Source("German", "de", ANY),
          new Source("German", "de-AT", ANY),
          new Source("German", "de-CH", ANY),
          new Source("Hungarian", "hu", ANY),
          new Source("Indonesian", "id-ID", ANY),
          new Source("Italian", "it", ANY),
          new Source("Latvian", "lv", ANY),
          new Source("Norwegian", "no-NO", ANY),
          new Source("Norwegian", "nb-NO", ANY),
          new Source("Polish", "pl", ANY),
          new Source("Portuguese", "pt", ANY),
          new Source("Portuguese", "pt-BR", ANY),
          new Source("Spanish", "es", ANY),
          new Source("Spanish", "es-AR", ANY),
          new Source("Spanish", "es-MX", ANY),
          new Source("Swedish", "sv", ANY),
          new Source("Turkish", "tr", ANY),
          new Source("Ugandan", "en-UG", ANY),
          new Source("Uzbek", "uz", MALE),
          new Source("Uzbek", "uz", FEMALE));

  /// Words of Latin letters, held together by one space, hyphen or apostrophe each.
  private static final Pattern LATIN = Pattern.compile("\\p{IsLatin}+(?:[ '-]\\p{IsLatin}+)*");

  private static final Pattern CAPITAL = Pattern.compile("\\p{Lu}");

  private Names() {}

  /// The columns `name`, `language` and `split`; languages and the names in each are in order.
  public static Table table() {
    var header = Table.Header.of("names", List.of("name", "language", "split"));
    var rows = new ArrayList<Row>();
    byLanguage()
        .forEach(
            (language, names) -> {
              if (names.size() >= FEWEST) {
                splits(names)
                    .forEach(
                        (name, split) ->
                            rows.add(
                                new Row(header, rows.size() + 1, List.of(name, language, split))));
              }
            });
    return new Table(header, rows);
  }

  /// The names that only this language lists, of each language.
  private static Map<String, List<String>> byLanguage() {
    Map<String, Set<String>> owners = new TreeMap<>(); // of each name
    for (Source source : SOURCES) {
      for (String name : names(source)) {
        owners.computeIfAbsent(name, n -> new TreeSet<>()).add(source.language());
      }
    }
    Map<String, List<String>> own = new TreeMap<>();
    owners.forEach(
        (name, languages) -> {
          if (languages.size() > 1) {
            languages.remove(CENSUS);
          }
          if (languages.size() == 1) {
            own.computeIfAbsent(languages.iterator().next(), l -> new ArrayList<>()).add(name);
          }
        });
    return own;
  }

  /// The split of each name that is kept.
  private static SortedMap<String, String> splits(List<String> names) {
    var byHash = names.stream().sorted(Comparator.comparing(Names::hash)).limit(MOST).toList();
    var splits = new TreeMap<String, String>();
    for (int i = 0; i < byHash.size(); i++) {
      splits.put(byHash.get(i), Normal.lowerCase(PARTS.part(i, byHash.size()).name()));
    }
    return splits;
  }

  private static List<String> names(Source source) {
    var faker = new Faker(Locale.forLanguageTag(source.locale()));
    List<?> listed = faker.fakeValuesService().fetchObject(source.key(), faker.getContext());
    return listed.stream()
        .map(name -> Normalizer.normalize(name.toString().strip(), Normalizer.Form.NFC))
        .map(name -> name.replace('‘', '\'').replace('’', '\''))
        .filter(name -> LATIN.matcher(name).matches() && CAPITAL.matcher(name).find())
        .toList();
  }

  private static String hash(String name) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(name.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
