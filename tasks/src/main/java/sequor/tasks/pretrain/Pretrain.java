package sequor.tasks.pretrain;

import java.util.List;
import java.util.Optional;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.Fractions;
import sequor.json.Json;
import sequor.models.BertEncoder;
import sequor.settings.Places;
import sequor.settings.Settings;
import sequor.tasks.Learning;
import sequor.tasks.TrainingSettings;
import sequor.train.TrainingListener;

/// Pre-trains encoders in a program, with neither files nor recipes.
///
/// ```java
/// var filler = Pretrain.with(BertEncoder.Config.of(128, 2, 2)).epochs(10).seed(7).train(texts);
/// ```
///
/// Each method gives a new one, so that one can be the beginning of several trainings.
public final class Pretrain {
  private static final Fractions PARTS = new Fractions(0.9, 0.1, 0);

  private final BertEncoder.Config encoder;
  private final PretrainConfig.Tokens tokens;
  private final Masking masking;
  private final TrainingSettings training;
  private final TrainingListener listener;

  private Pretrain(
      BertEncoder.Config encoder,
      PretrainConfig.Tokens tokens,
      Masking masking,
      TrainingSettings training,
      TrainingListener listener) {
    this.encoder = encoder;
    this.tokens = tokens;
    this.masking = masking;
    this.training = training;
    this.listener = listener;
  }

  /// An encoder of these sizes, which reads as BERT does.
  public static Pretrain with(BertEncoder.Config encoder) {
    return new Pretrain(
        encoder,
        PretrainConfig.Tokens.standard(),
        Masking.standard(),
        TrainingSettings.standard().with("watch", Judgement.LOSS),
        new TrainingListener() {});
  }

  /// How texts become ids.
  public Pretrain tokens(PretrainConfig.Tokens other) {
    return new Pretrain(encoder, other, masking, training, listener);
  }

  /// What is hidden.
  public Pretrain masking(Masking other) {
    return new Pretrain(encoder, tokens, other, training, listener);
  }

  /// How it learns.
  public Pretrain training(TrainingSettings other) {
    return new Pretrain(encoder, tokens, masking, other, listener);
  }

  public Pretrain epochs(int epochs) {
    return training(training.withEpochs(epochs));
  }

  public Pretrain seed(int seed) {
    return training(training.withSeed(seed));
  }

  /// Is told how training goes on.
  public Pretrain listener(TrainingListener other) {
    return new Pretrain(encoder, tokens, masking, training, other);
  }

  /// How it learns: `pretrain.training(pretrain.training().with("batch_size", 32))`.
  public TrainingSettings training() {
    return training;
  }

  /// Learns from nine in ten of these texts, and stops when it gets no better on the tenth.
  public MaskFiller train(List<String> texts) {
    var seed = new Seed(training.seed());
    var examples = DataSet.split(texts, PARTS, seed.child("split").generator());
    var data = Settings.json(Settings.defaults(PretrainConfig.Columns.class));
    var config = new PretrainConfig(data, Json.object(), tokens, encoder, masking);
    var nothing = new Settings(Settings.json(tokens), "tokens.", Places.NOWHERE);
    var tokenizer = config.learn(nothing, examples.train().iterable());
    var job = PretrainTask.job(config, training, tokenizer, Optional.empty(), examples, seed);
    new Learning(training, new Settings(Json.object(), "training.", Places.NOWHERE))
        .trainer(job)
        .listener(listener)
        .run(training.epochs());
    return job.predictor();
  }
}
