package sequor.text;

import sequor.json.JsonObject;
import sequor.settings.Settings;

/// `tokenizer: unigram`
public record UnigramKind() implements SegmenterKind {
  @Override
  public String name() {
    return Unigram.KIND;
  }

  @Override
  public String about() {
    return "pieces of words with a probability each";
  }

  @Override
  public Class<? extends Record> settings() {
    return SubwordSettings.class;
  }

  @Override
  public Segmenter learn(Settings settings, Iterable<String> texts) {
    return SubwordSettings.learn(settings, texts, UnigramLearner::learn);
  }

  @Override
  public Segmenter load(JsonObject settings) {
    throw SubwordSettings.withoutVocabulary(name());
  }

  @Override
  public Segmenter load(JsonObject settings, Vocabulary vocabulary) {
    return Subwords.of(settings, Unigram.of(settings, vocabulary));
  }
}
