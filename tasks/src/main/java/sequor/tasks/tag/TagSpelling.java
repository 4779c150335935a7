package sequor.tasks.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sequor.data.Source;
import sequor.json.JsonObject;
import sequor.settings.Setting;

/// How tags of spans are written in a file, and how a model writes them; nothing is done to tags of
/// another kind, such as parts of speech.
///
/// @param written the scheme of the training sentences, if their tags are of spans
/// @param learned the scheme that the model says them in
/// @param broken what is done to tags that break theirs
record TagSpelling(Optional<TagScheme> written, Optional<TagScheme> learned, Broken broken) {
  private static final String SCHEME = "written_scheme"; // in config.json

  /// Keys of the section `data`.
  public record Keys(
      @Setting(
              value = "keep",
              about = "of tags of spans: keep that of the file, or learn io, iob1, bio or bioes")
          Scheme scheme,
      @Setting(
              value = "keep",
              about =
                  "tags that break their scheme: keep, repair (as conlleval reads them), refuse")
          Broken broken) {}

  /// In which scheme spans are learned.
  public enum Scheme {
    KEEP,
    IO,
    IOB1,
    BIO,
    BIOES
  }

  /// What is done to tags that break their scheme.
  public enum Broken {
    KEEP,
    REPAIR,
    REFUSE
  }

  /// That of sentences to learn from.
  static TagSpelling of(Keys keys, Source<Example> train) {
    return of(keys, TagScheme.detect(train.map(Example::tags).iterable()));
  }

  private static TagSpelling of(Keys keys, Optional<TagScheme> written) {
    var learned =
        keys.scheme == Scheme.KEEP
            ? written
            : written.map(scheme -> TagScheme.valueOf(keys.scheme.name()));
    return new TagSpelling(written, learned, keys.broken);
  }

  /// That of a model.
  static TagSpelling load(Keys keys, JsonObject config) {
    String written = config.text(SCHEME);
    return of(
        keys,
        written.isEmpty()
            ? Optional.empty()
            : Optional.of(TagScheme.valueOf(written.toUpperCase(Locale.ROOT))));
  }

  JsonObject savedIn(JsonObject config) {
    return config.with(
        SCHEME, written.map(scheme -> scheme.name().toLowerCase(Locale.ROOT)).orElse(""));
  }

  /// The sentence with its tags as the model says them.
  ///
  /// @param place where it stands, for messages
  /// @throws sequor.tasks.TaskException if they break their scheme and are refused
  Example read(Example example, String place) {
    if (written.isEmpty() || (broken == Broken.KEEP && learned.equals(written))) {
      return example;
    }
    return new Example(example.tokens(), repair().read(example.tags(), place));
  }

  private TagRepair repair() {
    return broken == Broken.REFUSE
        ? TagRepair.refusing(written.orElseThrow(), learned.orElseThrow())
        : TagRepair.repairing(written.orElseThrow(), learned.orElseThrow());
  }

  /// What a user should know of sentences as the file has them.
  List<String> notices(List<Example> sentences, String split) {
    if (written.isEmpty()) {
      return List.of();
    }
    long tags = 0;
    long some = 0;
    for (var sentence : sentences) {
      int wrong = written.get().broken(sentence.tags());
      tags += wrong;
      some += wrong > 0 ? 1 : 0;
    }
    var notices = new ArrayList<String>();
    if (tags > 0) {
      notices.add(
          "%,d tags in %,d %s sentences break the scheme %s and are %s"
              .formatted(
                  tags,
                  some,
                  split,
                  written.get(),
                  broken == Broken.KEEP && learned.equals(written)
                      ? "kept as they are"
                      : "read as conlleval reads them"));
    }
    return notices;
  }
}
