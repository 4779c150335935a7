package sequor.tasks.pretrain;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.StreamSupport;
import sequor.data.DataSettings;
import sequor.json.JsonObject;
import sequor.models.BertEncoder;
import sequor.settings.Section;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tasks.ModelConfig;
import sequor.text.Tokenizer;
import sequor.text.Transform;
import sequor.text.WordPieceKind;

/// What a pre-trained model is: all that stands in its `config.json`.
///
/// @param data the section `data`, with the column that is read
/// @param written the section `tokens`, as it was written
public record PretrainConfig(
    JsonObject data,
    JsonObject written,
    Tokens tokens,
    BertEncoder.Config encoder,
    Masking masking) {
  /// What is read: keys of the section `data`.
  public record Columns(@Setting(value = "text", about = "the column that is read") String text) {}

  /// How texts become ids, as BERT's do: the section `tokens`.
  ///
  /// @param transforms names of [Transform]s, applied before all else
  /// @param pieces how many tokens are learned, where no folder brings its own
  /// @param maxLength of a text, without the marks around it; longer ones are read in pieces
  public record Tokens(
      @Setting(value = "[]", about = "what else is done to a text first, by name")
          List<String> transforms,
      @Setting(
              value = "8000",
              min = 10,
              max = 1_000_000,
              about = "pieces of words to learn (WordPiece), letters included")
          int pieces,
      @Setting(
              value = "2",
              min = 1,
              max = Integer.MAX_VALUE,
              about = "rarer letters are unknown, and rarer pairs are not joined")
          int minFrequency,
      @Setting(value = "true", about = "small letters only") boolean uncased,
      @Setting(value = "true", about = "whether small letters lose their accents")
          boolean stripAccents,
      @Setting(value = "126", min = 1, max = 1 << 16, about = "longer texts are read in pieces")
          int maxLength) {
    public Tokens {
      transforms = List.copyOf(transforms);
    }

    /// What holds where nobody says otherwise.
    public static Tokens standard() {
      return Settings.defaults(Tokens.class);
    }
  }

  static Section dataSection() {
    return DataSettings.section().and(Columns.class);
  }

  static Section tokensSection() {
    return Section.of(Tokens.class).choosing("transforms", Transform.all());
  }

  static PretrainConfig of(Settings settings) {
    return new PretrainConfig(
        settings.section("data").values(),
        settings.section("tokens").values(),
        settings.section("tokens").as(Tokens.class),
        settings.section("model").as(BertEncoder.Config.class),
        settings.section("masking").as(Masking.class));
  }

  /// The same with another encoder.
  PretrainConfig with(BertEncoder.Config other) {
    return new PretrainConfig(data, written, tokens, other, masking);
  }

  String textColumn() {
    return data.text("text");
  }

  /// A tokenizer that knows the pieces of these texts.
  ///
  /// @param section `tokens`
  Tokenizer learn(Settings section, Iterable<String> texts) {
    var first = first(section);
    return WordPieceKind.learnBert(
            () -> changed(first, texts),
            tokens.pieces,
            tokens.minFrequency,
            tokens.uncased,
            tokens.uncased && tokens.stripAccents)
        .after(first);
  }

  private static Iterator<String> changed(List<Transform> first, Iterable<String> texts) {
    return StreamSupport.stream(texts.spliterator(), false)
        .map(text -> Transform.apply(first, text).text())
        .iterator();
  }

  /// What is done to a text before all else.
  ///
  /// @param section `tokens`
  List<Transform> first(Settings section) {
    var transforms = new ArrayList<Transform>();
    tokens.transforms.forEach(name -> transforms.add(Transform.all().get(name).with(section)));
    return transforms;
  }

  /// As `config.json` has it.
  JsonObject json() {
    var sections = new LinkedHashMap<String, JsonObject>();
    sections.put("data", data);
    sections.put("tokens", written.with(Settings.json(tokens)));
    sections.put("model", Settings.json(encoder));
    sections.put("masking", Settings.json(masking));
    return ModelConfig.of(PretrainTask.NAME, sections);
  }
}
