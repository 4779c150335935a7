package sequor.text;

import sequor.json.JsonObject;
import sequor.settings.Settings;

/// `tokenizer: bpe`
public record BpeKind() implements SegmenterKind {
  @Override
  public String name() {
    return Bpe.KIND;
  }

  @Override
  public String about() {
    return "pieces of words, merged from pairs of neighbors";
  }

  @Override
  public Class<? extends Record> settings() {
    return SubwordSettings.class;
  }

  @Override
  public Segmenter learn(Settings settings, Iterable<String> texts) {
    return SubwordSettings.learn(settings, texts, BpeLearner::learn);
  }

  @Override
  public Segmenter load(JsonObject settings) {
    throw SubwordSettings.withoutVocabulary(name());
  }

  @Override
  public Segmenter load(JsonObject settings, Vocabulary vocabulary) {
    return Subwords.of(settings, Bpe.of(settings, vocabulary));
  }
}
