package sequor.tasks.tag;

import java.util.List;
import sequor.Seed;
import sequor.data.DataException;
import sequor.data.DataSet;
import sequor.json.Json;
import sequor.models.EncoderConfig;
import sequor.models.Pooling;
import sequor.models.SequenceClassifier;
import sequor.models.SequenceTagger;
import sequor.settings.Places;
import sequor.settings.Settings;
import sequor.tasks.FrameReader;
import sequor.tasks.InProgram;
import sequor.tasks.ModelConfig;

/// Trains taggers of sequences of vectors in a program, with neither files nor recipes.
///
/// ```java
/// var tagger = TagFrames.with(RecurrentEncoder.lstm(32)).epochs(20).train(recordings);
/// ```
///
/// Each method gives a new one, so that one can be the beginning of several trainings.
public final class TagFrames extends InProgram<TagFrames> {
  private final TagConfig.More more;

  private TagFrames(Plan plan, TagConfig.More more) {
    super(plan);
    this.more = more;
  }

  /// Taggers with that encoder.
  public static TagFrames with(EncoderConfig encoder) {
    var plan = Plan.of(encoder, new SequenceClassifier.Head(Pooling.LAST, 0, 0));
    return new TagFrames(plan.watching("accuracy"), TagConfig.More.standard().with(0.1f));
  }

  @Override
  protected TagFrames with(Plan plan) {
    return new TagFrames(plan, more);
  }

  /// Judges the tags of a sequence together, by a conditional random field.
  public TagFrames crf() {
    return new TagFrames(plan(), more.with(SequenceTagger.Head.CRF));
  }

  /// Learns from nine in ten of these examples, and stops when it gets no better on the tenth.
  ///
  /// @throws DataException if there are no examples
  public FrameTagger train(List<FrameExample> examples) {
    return train(DataSet.split(examples, PARTS, seed().child("split").generator()));
  }

  /// Learns from the training examples, and stops when it gets no better on those to validate; with
  /// none to validate those to learn from tell when to stop.
  ///
  /// @throws DataException if there are no examples
  public FrameTagger train(DataSet<FrameExample> examples) {
    if (examples.train().toList().isEmpty()) {
      throw new DataException("tag: expected sequences to learn from, got none; give some");
    }
    var plan = plan();
    int width = examples.train().toList().getFirst().frames().width();
    var reader = FrameReader.of(width, plan.tokens());
    var settings = settings(plan, reader);
    var job =
        new FrameTagJob(
            settings,
            FrameTagJob.learned(reader, examples),
            TagSpelling.of(
                TagConfig.spans(settings.section("data").values()),
                examples.train().map(FrameExample::numbered)),
            validated(examples),
            new Seed(plan.training().seed()));
    run(job);
    return job.predictor();
  }

  private Settings settings(Plan plan, FrameReader reader) {
    var json =
        Json.object()
            .with("data", Json.object().with("values", reader.columns()).with("missing", "mean"))
            .with("tokens", Settings.json(plan.tokens()))
            .with("model", ModelConfig.encoder(plan.encoder()).with(Settings.json(more)))
            .with("training", Settings.json(plan.training()));
    return new TagTask().schema().complete(json, Places.NOWHERE);
  }
}
