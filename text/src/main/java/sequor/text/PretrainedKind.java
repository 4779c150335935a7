package sequor.text;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import sequor.json.Json;
import sequor.json.JsonFile;
import sequor.json.JsonObject;
import sequor.settings.Setting;
import sequor.settings.Settings;

/// `tokenizer: pretrained`: that of a published model, read from its folder or its
/// `tokenizer.json`. A model that is made with it keeps all of it in its own files.
public record PretrainedKind() implements SegmenterKind {
  /// What recipes call it.
  public static final String NAME = "pretrained";

  /// @param tokenizerFile the path of a folder or a `tokenizer.json`; empty where the encoder has a
  ///   folder of its own
  public record File(
      @Setting(
              value = "",
              about = "a tokenizer.json or a model's folder; empty: that of model.pretrained")
          String tokenizerFile) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "that of a published model (tokenizer.json, vocab.txt)";
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
    return Optional.of(read(Path.of(file)));
  }

  /// The tokenizer of a run, in a folder, or in a `tokenizer.json`: in a folder our own
  /// (`tokens.json`) comes before a `tokenizer.json`, and that before a `vocab.txt`, which is
  /// BERT's.
  ///
  /// @throws TextException if there is none, or it has what we have not
  /// @throws sequor.FileException if it cannot be read
  public static Tokenizer read(Path fileOrFolder) {
    if (!Files.isDirectory(fileOrFolder)) {
      return TokenizerJson.read(fileOrFolder);
    }
    var model = fileOrFolder.resolve("model");
    return ofFolder(Files.isDirectory(model) ? model : fileOrFolder);
  }

  private static Tokenizer ofFolder(Path folder) {
    var own = folder.resolve("tokens.json");
    var json = folder.resolve("tokenizer.json");
    var words = folder.resolve("vocab.txt");
    if (Files.isRegularFile(own)) {
      return Tokenizer.load(own);
    }
    if (Files.isRegularFile(json)) {
      return TokenizerJson.read(json);
    }
    if (Files.isRegularFile(words)) {
      return bert(words, new JsonFile(folder.resolve("tokenizer_config.json")));
    }
    throw new TextException(
        ("%s: expected tokens.json, tokenizer.json or vocab.txt, got none of them; fetch the whole"
                + " folder of the model")
            .formatted(folder));
  }

  /// As its configuration says, or, without one, in small letters without accents.
  private static Tokenizer bert(Path words, JsonFile file) {
    var json = file.exists() ? file.read() : Json.object();
    boolean uncased = !json.has("do_lower_case") || json.flag("do_lower_case");
    boolean strips = json.has("strip_accents") ? json.flag("strip_accents") : uncased;
    if (json.has("tokenize_chinese_chars") && !json.flag("tokenize_chinese_chars")) {
      throw new TextException(
          "%s: expected tokenize_chinese_chars true, got false; take the model's tokenizer.json"
              .formatted(file.path()));
    }
    return WordPieceKind.read(words, uncased, strips);
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
