package sequor.benchmarks.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import sequor.speed.MatrixProduct;
import sequor.speed.Workload;
import sequor.speed.Workload.Cell;
import sequor.speed.Workload.Sizes;

/// All lines of the table.
final class Rows {
  private static final Pattern SPACE = Pattern.compile(" ");

  private static final Workload LANGUAGE_MODEL =
      Workload.of(Cell.LSTM, new Sizes(64, 40, 256, 512, 80, 80)).atEveryStep();
  private static final Workload CLASSIFIER =
      Workload.of(Cell.RNN, new Sizes(64, 19, 100, 64, 18, 80));
  private static final Workload GENERATOR =
      Workload.of(Cell.GRU, new Sizes(128, 19, 32, 32, 80, 80)).atEveryStep();
  private static final TransformerWorkload TRANSLATOR =
      new TransformerWorkload(128, 14, 256, 4, 3, 512, 8_000, 2, true);
  private static final ForecastWorkload FORECASTER = new ForecastWorkload(128, 96, 64, 24);
  private static final TaggerWorkload TAGGER =
      new TaggerWorkload(32, 20, 14, 10_000, 100, 100, 32, 64, 160, 2, 17);

  private Rows() {}

  static List<Row> all() {
    var rows = new ArrayList<Row>();
    rows.add(
        new Row(
            "language-model",
            "train: LSTM language model, B64 T40 D256 H512, 80 characters",
            new Work.Train(LANGUAGE_MODEL)));
    rows.add(
        new Row(
            "classifier",
            "train: Elman classifier, B64 T19 D100 H64, 18 classes",
            new Work.Train(CLASSIFIER)));
    rows.add(
        new Row(
            "generator",
            "train: GRU generator, B128 T19 D32 H32, 80 characters",
            new Work.Train(GENERATOR)));
    rows.add(
        new Row(
            "sentiment",
            "train: bidirectional LSTM classifier, B32 T240 D20 H64, 10,000 words, full rows",
            new Work.Train(sentiment(32))));
    rows.add(
        new Row(
            "sentiment-lengths",
            "the same on 8 batches with the lengths of real reviews, all 8 together",
            new Work.TrainOnLengths(sentiment(32), reviewLengths())));
    rows.add(
        new Row(
            "own-loop",
            "train: the Elman classifier with its cell in a user's own loop",
            new Work.Train(CLASSIFIER.withOwnLoop())));
    rows.add(
        new Row(
            "predict-sentiment",
            "predict one item: bidirectional LSTM, T240 D20 H64",
            new Work.Predict(sentiment(1))));
    rows.add(
        new Row(
            "predict-classifier",
            "predict one item: Elman, T8 D100 H64",
            new Work.Predict(Workload.of(Cell.RNN, new Sizes(1, 8, 100, 64, 18, 80)))));
    rows.add(
        new Row(
            "predict-batch",
            "predict a batch of 64: bidirectional LSTM, T240 D20 H64",
            new Work.Predict(sentiment(64))));
    rows.add(
        new Row(
            "transformer-classifier",
            "train: Transformer classifier, B32 T256 E128, 4 heads, 2 blocks, 10,000 words",
            new Work.TrainTransformer(
                new TransformerWorkload(32, 256, 128, 4, 2, 512, 10_000, 2, false))));
    rows.add(
        new Row(
            "transformer-translator",
            "train: Transformer translator, B128 T14 E256, 4 heads, 3 + 3 blocks, 8,000 pieces",
            new Work.TrainTransformer(TRANSLATOR)));
    rows.add(
        new Row(
            "translate",
            "translate a batch of 128 sentences greedily, 14 tokens each: the same translator",
            new Work.Translate(TRANSLATOR, 1)));
    rows.add(
        new Row(
            "translate-beam",
            "the same with a beam of 5, beside the greedy ones of the others",
            new Work.Translate(TRANSLATOR, 5)));
    rows.add(
        new Row(
            "forecaster",
            "train: GRU forecaster, B128 T96 H64, 24 steps said",
            new Work.TrainForecaster(FORECASTER)));
    rows.add(
        new Row(
            "predict-forecaster",
            "predict a batch of 128: GRU forecaster, T96 H64, 24 steps said",
            new Work.PredictForecaster(FORECASTER)));
    rows.add(
        new Row(
            "tagger",
            "train: tagger, B32 T20 D100, 2 to 14 letters E32 H64, two bidirectional LSTMs H160, 17 tags",
            new Work.TrainTagger(TAGGER)));
    rows.add(
        new Row(
            "predict-tagger",
            "predict a batch of 32 sentences: the same tagger",
            new Work.PredictTagger(TAGGER)));
    rows.add(
        new Row(
            "job-surname-elman",
            "a whole training of `surname-elman`, from the start of the process",
            new Job("surname-elman", "surnames")));
    products(1536, 1536, 1536).forEach(rows::add);
    products(2560, 1024, 512).forEach(rows::add);
    products(64, 2048, 512).forEach(rows::add);
    return List.copyOf(rows);
  }

  static Row named(String name) {
    return all().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
  }

  private static Workload sentiment(int batch) {
    return Workload.of(Cell.LSTM, new Sizes(batch, 240, 20, 64, 2, 10_000)).bothWays();
  }

  private static Stream<Row> products(int m, int n, int k) {
    return MatrixProduct.everyLayout(m, n, k).stream()
        .map(
            product ->
                new Row(
                    "product-%dx%dx%d-%s".formatted(m, n, k, product.layout()),
                    "%d × %d × %d, %s".formatted(m, n, k, product.layout()),
                    new Work.Multiply(product)));
  }

  private static List<int[]> reviewLengths() {
    try (var in = Rows.class.getResourceAsStream("review-lengths.txt")) {
      var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> SPACE.splitAsStream(line).mapToInt(Integer::parseInt).toArray())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
