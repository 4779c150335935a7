package sequor.tasks.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sequor.data.Source;
import sequor.tasks.Evaluation;
import sequor.tasks.Once;
import sequor.tasks.TextReader;
import sequor.text.Item;
import sequor.text.Labels;

/// Examples that are judged, encoded once: when they are first asked for, so that training need not
/// wait until the test split was read.
///
/// @param texts as they were given
/// @param gold the right label of each
/// @param read what each became
record Judged(List<String> texts, List<String> gold, Once<TextReader.Items> read) {
  private static final int MOST_HELD = 1 << 24; // probabilities at once
  private static final int LEAST = 256; // texts of a piece

  static Judged of(TextReader reader, Source<Example> examples) {
    var texts = new ArrayList<String>();
    var gold = new ArrayList<String>();
    examples.forEach(
        example -> {
          texts.add(example.text());
          gold.add(example.label());
        });
    return new Judged(texts, gold, new Once<>(() -> reader.items(texts)));
  }

  List<Item> items() {
    return read.get().items();
  }

  /// These in pieces whose probabilities fit into memory, however many classes there are.
  List<Judged> pieces(int classes) {
    int size = Math.max(LEAST, MOST_HELD / classes);
    var pieces = new ArrayList<Judged>();
    for (int from = 0; from < texts.size(); from += size) {
      int to = Math.min(texts.size(), from + size);
      int start = from;
      pieces.add(
          new Judged(
              texts.subList(from, to),
              gold.subList(from, to),
              new Once<>(() -> new TextReader.Items(items().subList(start, to), 0))));
    }
    return pieces;
  }

  /// The first of these pieces, which is all of them unless there are very many classes.
  Judged piece(int classes) {
    return texts.isEmpty() ? this : pieces(classes).getFirst();
  }

  /// What a classifier says of them, beside what is right.
  ///
  /// @param floor the classes that a floor says of them, if there is one
  Evaluation evaluation(
      Classifier classifier,
      ClassifierConfig config,
      Temperature temperature,
      Optional<int[]> floor) {
    var labels = classifier.labels();
    var reader = classifier.reader();
    var judgement = new Judgement(labels, gold, config.positive());
    var before =
        temperature.value() == 1
            ? Optional.<Judgement>empty()
            : Optional.of(new Judgement(labels, gold, config.positive()));
    var mistakes = new Mistakes(classifier.columns(), config.labelColumn());
    var predictions = new ArrayList<List<String>>();
    for (var piece : pieces(labels.size())) {
      double[][] rows = classifier.uncalibrated(piece.texts, piece.items());
      for (int i = 0; i < rows.length; i++) {
        String text = piece.texts.get(i);
        String right = piece.gold.get(i);
        double[] learned = rows[i];
        before.ifPresent(judged -> judged.add(right, learned));
        double[] calibrated = temperature.applied(learned);
        judgement.add(right, calibrated);
        var said = new Prediction(text, false, List.of(likeliest(labels, calibrated)));
        mistakes.add(reader.texts(text), right, said);
        var line = new ArrayList<>(reader.texts(text));
        line.add(right);
        line.addAll(said.fields().values());
        predictions.add(line);
      }
    }
    var sections = new ArrayList<>(judgement.sections());
    before.ifPresent(
        judged ->
            sections.add(
                temperature.section(judged.metricsWithLoss(), judgement.metricsWithLoss())));
    mistakes.section().ifPresent(sections::add);
    var columns = new ArrayList<>(classifier.columns());
    columns.addAll(List.of(config.labelColumn(), "predicted", "probability"));
    return new Evaluation(
        judgement.metricsWithLoss(),
        judgement.intervals(floor),
        sections,
        new Evaluation.Predictions(columns, predictions),
        Judgement.unlearned("what is judged", labels, gold()).stream().toList());
  }

  private static Prediction.Scored likeliest(Labels labels, double[] row) {
    int best = Evaluation.argmax(row);
    return new Prediction.Scored(labels.name(best), row[best]);
  }
}
