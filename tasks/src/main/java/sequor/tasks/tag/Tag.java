package sequor.tasks.tag;

import java.util.List;
import java.util.Optional;
import sequor.data.DataSet;
import sequor.json.Json;
import sequor.models.EncoderConfig;
import sequor.models.Pooling;
import sequor.models.SequenceClassifier;
import sequor.models.SequenceTagger;
import sequor.models.WordEmbedding;
import sequor.settings.Settings;
import sequor.tasks.InProgram;
import sequor.tasks.PublishedBert;
import sequor.tasks.TaskException;
import sequor.tasks.VectorSettings;
import sequor.text.Tokenizer;

/// Trains taggers in a program, with neither files nor recipes.
///
/// ```java
/// var tagger = Tag.with(RecurrentEncoder.lstm(100)).epochs(20).seed(7).train(sentences);
/// ```
///
/// Each method gives a new one, so that one can be the beginning of several trainings.
public final class Tag extends InProgram<Tag> {
  private final WordEmbedding.Config embedding;
  private final TagConfig.More more;

  private Tag(Plan plan, WordEmbedding.Config embedding, TagConfig.More more) {
    super(plan);
    this.embedding = embedding;
    this.more = more;
  }

  /// Taggers with that encoder, which look words up in small letters, and read their letters.
  public static Tag with(EncoderConfig encoder) {
    var plan = Plan.of(encoder, new SequenceClassifier.Head(Pooling.LAST, 0, 0.1f));
    return new Tag(
            plan.watching("accuracy"),
            WordEmbedding.Config.standard(),
            TagConfig.More.standard().with(0.1f))
        .cutting(new sequor.text.Words(true, true, true), plan.tokens().lowerCased());
  }

  @Override
  protected Tag with(Plan plan) {
    return new Tag(plan, embedding, more);
  }

  /// What the vectors of words are made of.
  public Tag embedding(WordEmbedding.Config embedding) {
    return new Tag(plan(), embedding, more);
  }

  /// So much dropout before the head.
  public Tag dropout(float dropout) {
    return new Tag(plan(), embedding, more.with(dropout));
  }

  /// Judges the tags of a sentence together, by a conditional random field.
  public Tag crf() {
    return new Tag(plan(), embedding, more.with(SequenceTagger.Head.CRF));
  }

  /// Learns from nine in ten of these sentences, and stops when it gets no better on the tenth.
  ///
  /// @throws sequor.data.DataException if there are no sentences
  public Tagger train(List<Example> sentences) {
    return train(DataSet.split(sentences, PARTS, seed().child("split").generator()));
  }

  /// Learns from the training sentences, and stops when it gets no better on those to validate;
  /// with none to validate those to learn from tell when to stop.
  ///
  /// @throws sequor.data.DataException if there are no sentences
  public Tagger train(DataSet<Example> sentences) {
    var plan = plan();
    var config =
        new TagConfig(
                Settings.json(Settings.defaults(TagConfig.Columns.class))
                    .with(Settings.json(Settings.defaults(TagSpelling.Keys.class))),
                plan.tokens(),
                Json.object(),
                Settings.defaults(TagConfig.Spelling.class),
                plan.encoder(),
                embedding,
                VectorSettings.none(),
                more,
                Optional.empty())
            .begun();
    var texts = sentences.train().map(each -> String.join(" ", each.tokens()));
    var cutting = Tokenizer.learn(plan.segmenter(), plan.tokens(), texts.iterable());
    var reader = WordReader.learn(config, cutting, pieces(config), sentences.train());
    var spelling = TagSpelling.of(config.spans(), sentences.train());
    var learning =
        new TagJob.Plan(
            TagJob.Loss.standard(), training(), FloorSettings.standard(), spelling, false, false);
    var job = new TagJob(reader, learning, Optional.empty(), validated(sentences), seed());
    run(job);
    return job.predictor();
  }

  private static Optional<Tokenizer> pieces(TagConfig config) {
    return config
        .bert()
        .map(
            _ ->
                config
                    .start()
                    .map(PublishedBert::tokenizer)
                    .orElseThrow(
                        () ->
                            new TaskException(
                                "tag: expected a BERT that begins as a folder, whose tokenizer cuts"
                                    + " words into pieces, got one that has learned nothing; take"
                                    + " BertEncoder.Config.pretrained(folder)")));
  }
}
