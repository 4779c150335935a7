package sequor.text;

import java.nio.file.Path;
import java.util.Optional;
import sequor.json.JsonObject;
import sequor.settings.Setting;
import sequor.settings.Settings;

/// `tokenizer: pretrained`: that of a published model, read from its `tokenizer.json`. A model that
/// is made with it keeps all of it in its own files.
public record PretrainedKind() implements SegmenterKind {
  /// @param tokenizerFile the path of a `tokenizer.json`
  public record File(
      @Setting(value = "", about = "the path of a tokenizer.json, as published models have it")
          String tokenizerFile) {}

  @Override
  public String name() {
    return "pretrained";
  }

  @Override
  public String about() {
    return "that of a published model (tokenizer.json)";
  }

  @Override
  public Class<? extends Record> settings() {
    return File.class;
  }

  @Override
  public Optional<Tokenizer> published(Settings settings) {
    String file = settings.as(File.class).tokenizerFile();
    if (file.isBlank()) {
      throw settings.wrong(
          "tokenizer_file", "expected the path of a tokenizer.json, got none; name one");
    }
    return Optional.of(TokenizerJson.read(Path.of(file)));
  }

  @Override
  public Segmenter learn(Settings settings, Iterable<String> texts) {
    return published(settings).orElseThrow().segmenter();
  }

  /// What it reads is of another kind.
  @Override
  public Segmenter load(JsonObject settings) {
    throw SubwordSettings.withoutVocabulary(name());
  }
}
