package sequor.tasks.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import sequor.data.DataException;
import sequor.data.Source;
import sequor.tasks.Epochs;
import sequor.tasks.Pretrained;
import sequor.tasks.Training;
import sequor.text.Batch;
import sequor.text.Item;
import sequor.text.Windows;
import sequor.train.Feed;

/// In which pieces, and in which order, a model reads what it learns from.
sealed interface Course {
  /// @param vectors are told of the tokens that are read; not of those of a stream
  static Course of(
      Generator generator,
      Source<LanguageJob.Example> train,
      LanguageJob.Plan plan,
      Optional<Pretrained> vectors) {
    var config = generator.settings().course();
    if (config.isLong()) {
      var texts = train.map(LanguageJob.Example::text);
      var whole = LongText.of(generator.texts(), config.steps(), texts);
      vectors.ifPresent(known -> known.count(whole.ids()));
      return config.reading() == LanguageConfig.Reading.CHUNKS
          ? Chunks.of(whole, plan)
          : new CarriedOn(whole, whole.windows(plan.training().batchSize()));
    }
    return plan.streams()
        ? Streamed.of(generator, train, plan)
        : Texts.of(generator, train, plan, vectors);
  }

  Feed<Batch> batches(RandomGenerator random);

  OptionalLong batchesPerEpoch();

  /// Whether each batch goes on where the one before it stopped.
  default boolean carries() {
    return false;
  }

  /// How many examples there are; negative where that is not known.
  long size();

  /// How much of the batches is padding.
  default Optional<Training.Pads> pads() {
    return Optional.empty();
  }

  /// How many texts are longer than is read.
  default long cut() {
    return 0;
  }

  /// What is to be said, in sequences of which none knows another: no more of them than make up
  /// `most` tokens.
  List<int[]> said(long most);

  private static List<int[]> said(NextTokens tokens, Source<LanguageJob.Example> train, long most) {
    var said = new ArrayList<int[]>();
    long count = 0;
    try (var cursor = train.open()) {
      while (cursor.hasNext() && count < most) {
        said.add(tokens.said(cursor.next().text()));
        count += said.getLast().length;
      }
    }
    return said;
  }

  /// Each text for itself.
  record Texts(
      NextTokens tokens, Source<LanguageJob.Example> train, Epochs epochs, long size, long cut)
      implements Course {
    static Texts of(
        Generator generator,
        Source<LanguageJob.Example> train,
        LanguageJob.Plan plan,
        Optional<Pretrained> vectors) {
      var items = new ArrayList<Item>();
      long cut = 0;
      for (var example : train.toList()) {
        var whole = generator.tokenizer().encode(example.text());
        cut += generator.texts().isCut(whole) ? 1 : 0;
        vectors.ifPresent(known -> known.count(whole.ids()));
        items.add(generator.item(whole, example.label()));
      }
      var epochs = Epochs.of(items, plan.training());
      return new Texts(generator.texts(), train, epochs, items.size(), cut);
    }

    @Override
    public Feed<Batch> batches(RandomGenerator random) {
      return epochs.next(random);
    }

    @Override
    public OptionalLong batchesPerEpoch() {
      return epochs.count();
    }

    @Override
    public Optional<Training.Pads> pads() {
      return epochs.pads();
    }

    @Override
    public List<int[]> said(long most) {
      return Course.said(tokens, train, most);
    }
  }

  /// Each text for itself, read anew each epoch.
  record Streamed(NextTokens tokens, Source<LanguageJob.Example> train, Epochs epochs)
      implements Course {
    static Streamed of(
        Generator generator, Source<LanguageJob.Example> train, LanguageJob.Plan plan) {
      var items =
          train.map(
              example ->
                  generator.item(generator.tokenizer().encode(example.text()), example.label()));
      return new Streamed(generator.texts(), train, Epochs.streaming(items, plan.training()));
    }

    @Override
    public Feed<Batch> batches(RandomGenerator random) {
      return epochs.next(random);
    }

    @Override
    public OptionalLong batchesPerEpoch() {
      return epochs.count();
    }

    @Override
    public long size() {
      return -1;
    }

    @Override
    public List<int[]> said(long most) {
      return Course.said(tokens, train, most);
    }
  }

  /// Pieces of one long text in a random order.
  record Chunks(LongText whole, Epochs epochs, long size) implements Course {
    static Chunks of(LongText whole, LanguageJob.Plan plan) {
      var chunks = whole.chunks();
      if (chunks.isEmpty()) {
        throw new DataException(
            "data.steps: expected a text of more than %d tokens to learn from, got %d; take fewer"
                    .formatted(whole.steps(), whole.ids().length - 1)
                + " steps, or more text");
      }
      return new Chunks(whole, Epochs.of(chunks, plan.training()), chunks.size());
    }

    @Override
    public Feed<Batch> batches(RandomGenerator random) {
      return epochs.next(random);
    }

    @Override
    public OptionalLong batchesPerEpoch() {
      return epochs.count();
    }

    @Override
    public List<int[]> said(long most) {
      return whole.said();
    }
  }

  /// One long text, from window to window.
  record CarriedOn(LongText whole, Windows windows) implements Course {
    @Override
    public Feed<Batch> batches(RandomGenerator random) {
      return Feed.of(windows);
    }

    @Override
    public OptionalLong batchesPerEpoch() {
      return OptionalLong.of(windows.size());
    }

    @Override
    public boolean carries() {
      return true;
    }

    @Override
    public long size() {
      return whole.size();
    }

    @Override
    public List<int[]> said(long most) {
      return whole.said();
    }
  }
}
