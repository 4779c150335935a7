package sequor.tasks.tag;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import sequor.data.DataException;
import sequor.data.DataSettings;
import sequor.data.Row;
import sequor.data.SequenceSettings;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.models.BertEncoder;
import sequor.models.EncoderConfig;
import sequor.models.EncoderKind;
import sequor.models.SequenceTagger;
import sequor.models.TagCounts;
import sequor.models.TagParts;
import sequor.models.WordEmbedding;
import sequor.settings.Places;
import sequor.settings.Section;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tasks.FrameSettings;
import sequor.tasks.ModelConfig;
import sequor.tasks.PublishedBert;
import sequor.tasks.VectorSettings;
import sequor.text.Labels;
import sequor.text.Normalization;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;

/// What a tagger is: all that stands in its `config.json`.
///
/// @param data the section `data`, with the columns that are read
/// @param tokens how words are looked up
/// @param written all that was written of that, so that it is kept too
/// @param spelling how their letters are
/// @param words what the vector of a word is made of
/// @param vectors what words' own vectors began as
/// @param start what the encoder begins as; none of one that learns from nothing, or has learned
public record TagConfig(
    JsonObject data,
    TokenSettings tokens,
    JsonObject written,
    Spelling spelling,
    EncoderConfig encoder,
    WordEmbedding.Config words,
    VectorSettings vectors,
    More more,
    Optional<PublishedBert> start) {
  /// What is read and predicted: keys of the section `data`.
  public record Columns(
      @Setting(value = "form", about = "the column of the words") String text,
      @Setting(value = "upos", about = "the column of the tags that are to be predicted")
          String label,
      @Setting(
              value = "",
              about =
                  "what stands between the words of a cell, if each row of a table is a sentence")
          String between) {}

  /// Keys of the section `tokens`.
  public record Spelling(
      @Setting(
              value = "nfc",
              about =
                  "one spelling for each letter, where letters are read; nfd takes Hangul apart")
          Normalization letters) {}

  /// Keys of the section `model`.
  public record More(
      @Setting(value = "softmax", about = "softmax: each word for itself; crf: a sentence together")
          SequenceTagger.Head head,
      @Setting(value = "0.5", min = 0, max = 0.99, about = "before the head") float dropout,
      @Setting(value = "false", about = "whether the tags that a word had in training speak along")
          boolean counts,
      @Setting(
              value = "",
              about =
                  "what stands between the parts of a tag (+ in NNG+JKB): tags that share some learn"
                      + " from each other")
          String tagParts,
      @Setting(
              value = "1",
              min = 1,
              max = 100,
              about = "models that learn side by side and answer together")
          int members) {
    static More standard() {
      return Settings.defaults(More.class);
    }

    More with(SequenceTagger.Head other) {
      return new More(other, dropout, counts, tagParts, members);
    }

    More with(float other) {
      return new More(head, other, counts, tagParts, members);
    }
  }

  static Section dataSection() {
    return DataSettings.section()
        .and(Columns.class)
        .and(TagSpelling.Keys.class)
        .and(SequenceSettings.class)
        .and(FrameSettings.class);
  }

  static Section tokensSection() {
    return TokenSettings.section()
        .withDefault("tokenizer", "words")
        .withDefault("lower_case", "true")
        .and(Spelling.class);
  }

  static Section modelSection() {
    return Section.none()
        .choosing(
            "encoder",
            "recurrent",
            "what reads the words' vectors; bert reads their pieces",
            EncoderKind.all())
        .and(WordEmbedding.Config.class)
        .and(VectorSettings.class)
        .and(More.class);
  }

  /// What the sections `data`, `tokens` and `model` say.
  static TagConfig of(Settings settings) {
    var tokens = settings.section("tokens");
    var model = settings.section("model");
    return new TagConfig(
        settings.section("data").values(),
        tokens.as(TokenSettings.class),
        tokens.values(),
        tokens.as(Spelling.class),
        EncoderKind.all().get(model.text("encoder")).config(model),
        model.as(WordEmbedding.Config.class),
        model.as(VectorSettings.class),
        model.as(More.class),
        Optional.empty());
  }

  /// The same with an encoder that has word vectors of that size.
  TagConfig withTokenSize(int size) {
    return with(encoder.withEmbeddingSize(size), start);
  }

  /// The same as it begins to learn: with the sizes of a published encoder, where it begins as one.
  ///
  /// @throws sequor.tasks.TaskException if that is no BERT
  TagConfig begun() {
    return bert()
        .flatMap(
            own ->
                PublishedBert.of(own)
                    .map(bert -> with(own.withSizesOf(bert.sizes()), Optional.of(bert))))
        .orElse(this);
  }

  private TagConfig with(EncoderConfig other, Optional<PublishedBert> begins) {
    return new TagConfig(data, tokens, written, spelling, other, words, vectors, more, begins);
  }

  /// The encoder, if it reads pieces of words.
  Optional<BertEncoder.Config> bert() {
    return encoder instanceof BertEncoder.Config bert ? Optional.of(bert) : Optional.empty();
  }

  /// What is known of tags before anything is learned.
  ///
  /// @param table of the tags that words had
  SequenceTagger.Known known(Labels labels, TagCounts.Table table) {
    return new SequenceTagger.Known(
        TagParts.Made.of(labels.names(), more.tagParts),
        more.counts ? Optional.of(table) : Optional.empty());
  }

  /// How tags of spans are written.
  TagSpelling.Keys spans() {
    return spans(data);
  }

  /// @param data the section
  static TagSpelling.Keys spans(JsonObject data) {
    return Section.of(TagSpelling.Keys.class)
        .complete(
            Json.object().with("scheme", data.text("scheme")).with("broken", data.text("broken")),
            "data.",
            Places.NOWHERE)
        .as(TagSpelling.Keys.class);
  }

  /// What a user should know of what it begins as.
  List<String> notices() {
    return start.map(PublishedBert::notices).orElse(List.of());
  }

  String textColumn() {
    return data.text("text");
  }

  String labelColumn() {
    return data.text("label");
  }

  /// The words of a row.
  ///
  /// @throws DataException if it lacks the column
  Words words(Row row) {
    return Words.of(values(row, textColumn()));
  }

  /// A row that holds the right tags too.
  ///
  /// @throws DataException if it lacks a column, or has not as many tags as words
  Example example(Row row) {
    var tokens = values(row, textColumn());
    var tags = values(row, labelColumn());
    if (tokens.size() != tags.size()) {
      throw new DataException(
          "%s: expected a tag for each word, %d in column %s, got %d in column %s; %s"
              .formatted(
                  row.place(),
                  tokens.size(),
                  textColumn(),
                  tags.size(),
                  labelColumn(),
                  tokens.size() == 1 || tags.size() == 1
                      ? "name what stands between them (data.between)"
                      : "mend the row"));
    }
    for (int i = 0; i < tags.size(); i++) {
      if (tags.get(i).isBlank()) {
        throw new DataException(
            "%s: expected a tag of the word '%s' in column %s, got none; write one, such as _"
                .formatted(row.place(), tokens.get(i), labelColumn()));
      }
    }
    return new Example(tokens, tags);
  }

  private List<String> values(Row row, String column) {
    String between = data.text("between");
    if (between.isEmpty()) {
      return row.list(column);
    }
    return Arrays.stream(row.field(column).split(Pattern.quote(between), -1))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /// As `config.json` has it.
  JsonObject json(Tokenizer tokenizer) {
    var sections = new LinkedHashMap<String, JsonObject>();
    sections.put("data", data);
    sections.put("tokens", ModelConfig.tokens(tokenizer, written, tokens, spelling));
    sections.put(
        "model",
        ModelConfig.encoder(encoder)
            .with(Settings.json(words))
            .with(Settings.json(vectors))
            .with(Settings.json(more)));
    return ModelConfig.of(TagTask.NAME, sections);
  }
}
