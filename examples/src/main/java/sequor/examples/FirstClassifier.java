package sequor.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import sequor.Seed;
import sequor.data.Row;
import sequor.data.TableReader;
import sequor.nn.Activation;
import sequor.nn.Linear;
import sequor.nn.Sequential;
import sequor.tensor.Ids;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.train.Adam;
import sequor.train.ConfusionMatrix;

/// A first classifier: rows of numbers in, one of a few classes out.
///
/// ```
/// x' = (x − mean) / std      p = softmax(W₂·tanh(W₁·x' + b₁) + b₂)
/// ```
///
/// Mean and standard deviation are those of the training rows: the rows of the test are to be as
/// new as those that come later. Beside the network stands the floor, which always says the class
/// that is most frequent in training.
///
/// It reads any CSV file with a header whose last column is the class and whose other columns are
/// numbers, such as Fisher's iris flowers (1936), for which the network is 4-5-3:
///
/// ```
/// ./dev example FirstClassifier iris.csv
/// ```
///
/// Without a file it makes up a table of the same size: three Gaussian clusters of 50 rows.
///
/// Letters: N rows, D inputs, C classes.
final class FirstClassifier {
  private static final int HIDDEN = 5;
  private static final int STEPS = 200;

  /// @param floor the share of the test that is of the class most frequent in training
  record Result(double floor, ConfusionMatrix test) {}

  static void main(String[] args) throws IOException {
    if (args.length > 0) {
      run(Path.of(args[0]));
      return;
    }
    IO.println("no file is named: three Gaussian clusters");
    Path file = Files.createTempFile("clusters", ".csv");
    try {
      Files.writeString(file, clusters(new Seed(1).generator()));
      var result = run(file);
      double accuracy = result.test().accuracy();
      Claim.holds(result.floor() < 0.5, "the floor is about a third: %f", result.floor());
      Claim.holds(accuracy > 0.9, "the network is right about more than 90 %%: %f", accuracy);
    } finally {
      Files.delete(file);
    }
  }

  /// Trains on 70 % of the rows, tells of the others how many are right, and prints it.
  static Result run(Path file) throws IOException {
    var random = new Seed(2).generator();
    var rows = new ArrayList<>(TableReader.csv().read(file).rows());
    if (rows.size() < 10) {
      throw new IllegalArgumentException(
          "%s: %d rows — ten or more are needed to train and to test".formatted(file, rows.size()));
    }
    Collections.shuffle(rows, random);
    var labels = rows.stream().map(FirstClassifier::label).distinct().sorted().toList();
    int cut = Math.round(0.7f * rows.size());
    var train = rows.subList(0, cut);
    var test = rows.subList(cut, rows.size());

    var x = numbers(train); // (N,D)
    var mean = x.mean(0); // (D)
    var std = x.std(0); // (D)
    std = std.maskedFill(std.equalTo(0), 1); // a column that never changes
    var y = classes(train, labels); // (N)
    var net = train(x.minus(mean).dividedBy(std), y, labels.size(), random);

    var right = classes(test, labels);
    var scores = net.forward(numbers(test).minus(mean).dividedBy(std)); // (N,C)
    var confusion = new ConfusionMatrix(labels);
    confusion.add(right, scores.argmax());
    var result = new Result(floor(y, right, labels.size()), confusion);
    show(result);
    return result;
  }

  private static Sequential train(Tensor x, Ids classes, int count, RandomGenerator random) {
    var net =
        Sequential.of(
            new Linear(x.dim(1), HIDDEN, random), // (N,D) → (N,5)
            Activation.TANH,
            new Linear(HIDDEN, count, random)); // (N,5) → (N,C)
    IO.print(net.summary());
    var adam = new Adam(net.parameters(), 0.05f);
    for (int step = 0; step < STEPS; step++) {
      try (var tape = Tape.open()) {
        tape.backward(net.forward(x).crossEntropy(classes));
        adam.step();
      }
    }
    return net;
  }

  /// The share of the test that is of the class most frequent in training.
  private static double floor(Ids train, Ids test, int classes) {
    int most = train.oneHot(classes).sum(0).argmax().get(); // (N,C) → (C)
    return (double) test.count(most) / test.shape().size();
  }

  private static void show(Result result) {
    var test = result.test();
    IO.println(
        "%d rows to test: floor %.1f %%, network %.1f %% right"
            .formatted(test.total(), 100 * result.floor(), 100 * test.accuracy()));
    var labels = test.labels();
    IO.println("rows are what is right, columns what was said: " + labels);
    for (int c = 0; c < labels.size(); c++) {
      var line = new StringBuilder("%-16s".formatted(labels.get(c)));
      for (int said = 0; said < labels.size(); said++) {
        line.append("%6d".formatted(test.count(c, said)));
      }
      IO.println(line);
    }
  }

  private static String label(Row row) {
    return row.fields().getLast();
  }

  private static Ids classes(List<Row> rows, List<String> labels) {
    return Ids.of(rows.stream().mapToInt(row -> labels.indexOf(label(row))).toArray()); // (N)
  }

  /// All columns but the last. // (N,D)
  private static Tensor numbers(List<Row> rows) {
    int inputs = rows.getFirst().fields().size() - 1;
    float[] x = new float[rows.size() * inputs];
    for (int i = 0; i < x.length; i++) {
      x[i] = number(rows.get(i / inputs), i % inputs);
    }
    return Tensor.of(x, rows.size(), inputs);
  }

  private static float number(Row row, int column) {
    String field = row.fields().get(column);
    try {
      return Float.parseFloat(field);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s: column %d is \"%s\" — all columns but the last must be numbers"
              .formatted(row.place(), column + 1, field),
          e);
    }
  }

  /// Three clusters of 50 rows as CSV; the second and the third overlap.
  static String clusters(RandomGenerator random) {
    float[][] means = {{0, 0, 0, 0}, {3, 2, 4, 1}, {5, 4, 6, 2}};
    var csv = new StringBuilder("x1,x2,x3,x4,cluster\n");
    for (int i = 0; i < 150; i++) {
      for (float mean : means[i / 50]) {
        csv.append(String.format(Locale.ROOT, "%.2f,", random.nextGaussian(mean, 1)));
      }
      csv.append("abc".charAt(i / 50)).append('\n');
    }
    return csv.toString();
  }
}
