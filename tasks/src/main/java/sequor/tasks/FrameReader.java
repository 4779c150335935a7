package sequor.tasks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import sequor.data.DataException;
import sequor.data.DataSettings;
import sequor.data.Row;
import sequor.data.SequenceSettings;
import sequor.data.Source;
import sequor.json.JsonObject;
import sequor.models.Inputs;
import sequor.settings.Settings;
import sequor.text.Batch;
import sequor.text.Item;
import sequor.text.Padding;
import sequor.text.TokenSettings;

/// What a model reads of rows of numbers: some of their columns, each by how far it is from its
/// mean.
///
/// ```
/// x'(t,d) = (x(t,d) − μ(d)) / σ(d)          μ, σ of all training steps; σ = 1 where it is 0
/// ```
///
/// @param sequence the column that says which sequence a row is of; empty where none does
/// @param columns D of them
/// @param means μ // (D)
/// @param scales σ // (D)
/// @param most steps of a sequence that are read
/// @param keep which of them, where there are more
public record FrameReader(
    String sequence,
    List<String> columns,
    List<Float> means,
    List<Float> scales,
    FrameSettings.Missing missing,
    int most,
    TokenSettings.Keep keep) {
  private static final int LOOKED_AT = 1000; // rows, to tell which columns hold numbers
  private static final String MEANS = "means"; // in config.json
  private static final String SCALES = "scales";

  public FrameReader {
    columns = List.copyOf(columns);
    means = List.copyOf(means);
    scales = List.copyOf(scales);
  }

  /// One that reads the columns that the settings name, or else all those of numbers, and knows
  /// nothing of them yet.
  ///
  /// @param settings with the sections `data` and `tokens`
  /// @param apart columns that are not read because they say what is predicted
  /// @throws sequor.settings.SettingsException if there are none
  public static FrameReader of(Settings settings, Source<Row> train, List<String> apart) {
    var data = settings.section("data");
    var named = data.as(FrameSettings.class).values();
    var tokens = settings.section("tokens").as(TokenSettings.class);
    var columns = named.isEmpty() ? columns(data, train, apart) : named;
    return of(data, columns, tokens);
  }

  private static FrameReader of(Settings data, List<String> columns, TokenSettings tokens) {
    String sequence = data.as(SequenceSettings.class).sequence();
    return of(sequence, columns, data.as(FrameSettings.class).missing(), tokens);
  }

  private static FrameReader of(
      String sequence, List<String> columns, FrameSettings.Missing missing, TokenSettings tokens) {
    var zeros = columns.stream().map(_ -> 0f).toList();
    var ones = columns.stream().map(_ -> 1f).toList();
    return new FrameReader(
        sequence, columns, zeros, ones, missing, tokens.maxLength(), tokens.keep());
  }

  /// One for sequences made in a program, whose columns have numbers instead of names.
  public static FrameReader of(int width, TokenSettings tokens) {
    var columns = Stream.iterate(1, d -> d + 1).limit(width).map(String::valueOf).toList();
    return of("", columns, FrameSettings.Missing.MEAN, tokens);
  }

  /// The columns most of whose fields are numbers, but for those that say something else.
  ///
  /// @param data the section
  /// @param apart columns that are not read
  /// @throws sequor.settings.SettingsException if there are none
  public static List<String> columns(Settings data, Source<Row> train, List<String> apart) {
    var split = data.as(DataSettings.class);
    var sequence = data.as(SequenceSettings.class);
    var others = new LinkedHashSet<>(apart);
    others.addAll(
        List.of(sequence.sequence(), sequence.step(), split.split(), split.group(), split.order()));
    var steps = new ArrayList<Row>();
    train.upTo(LOOKED_AT, row -> row.parts().size()).forEach(row -> steps.addAll(parts(row)));
    var all = steps.isEmpty() ? List.<String>of() : steps.getFirst().columns();
    var found =
        all.stream()
            .filter(column -> !others.contains(column))
            .filter(column -> holdsNumbers(steps, column))
            .toList();
    if (found.isEmpty()) {
      throw data.wrong(
          "values",
          "expected columns of numbers beside %s, got none in %s; name them (--values)",
          String.join(", ", others.stream().filter(name -> !name.isEmpty()).toList()),
          String.join(", ", all));
    }
    return found;
  }

  private static boolean holdsNumbers(List<Row> steps, String column) {
    long filled = steps.stream().filter(row -> !PlainNumbers.isMissing(row.field(column))).count();
    long numbers =
        steps.stream()
            .map(row -> row.field(column).strip())
            .filter(field -> field.matches("[-+]?[\\d.,]+([eE][-+]?\\d+)?")) // commas are told
            .count();
    return numbers > 0 && 2 * numbers > filled;
  }

  /// The rows that are its steps: a row that nothing joined is one, or holds lists of them.
  private static List<Row> parts(Row row) {
    return row.parts().isEmpty() ? List.of(row) : row.parts();
  }

  /// This one with the means and scales of training sequences.
  public FrameReader learned(Iterable<Frames> train) {
    int width = columns.size();
    double[] sums = new double[width];
    double[] squares = new double[width];
    long[] counts = new long[width];
    for (var frames : train) {
      requireWidth(frames);
      for (int t = 0; t < frames.steps(); t++) {
        for (int d = 0; d < width; d++) {
          float value = frames.value(t, d);
          if (!Float.isNaN(value)) {
            counts[d]++;
            double from = value - sums[d]; // Welford: from the mean so far
            sums[d] += from / counts[d];
            squares[d] += from * (value - sums[d]);
          }
        }
      }
    }
    var learnedMeans = new ArrayList<Float>();
    var learnedScales = new ArrayList<Float>();
    for (int d = 0; d < width; d++) {
      float scale = (float) Math.sqrt(squares[d] / Math.max(1, counts[d]));
      learnedMeans.add((float) sums[d]);
      learnedScales.add(scale > 0 ? scale : 1);
    }
    return new FrameReader(sequence, columns, learnedMeans, learnedScales, missing, most, keep);
  }

  /// The steps of a row: those it was made of; or lists, one a column; or itself.
  ///
  /// @throws DataException if a column is not there, or holds something else than numbers
  public Frames frames(Row row) {
    String name = name(row);
    if (row.parts().isEmpty() && row.isList(columns.getFirst())) {
      return ofLists(row, name);
    }
    var steps = parts(row);
    int width = columns.size();
    float[] values = new float[steps.size() * width];
    for (int t = 0; t < steps.size(); t++) {
      for (int d = 0; d < width; d++) {
        values[t * width + d] =
            number(steps.get(t), columns.get(d), steps.get(t).field(columns.get(d)).strip());
      }
    }
    return new Frames(name, values, width);
  }

  /// What answers call the sequence of a row.
  public String name(Row row) {
    return sequence.isEmpty() ? row.place() : row.field(sequence).strip();
  }

  /// All columns that a row must have.
  public List<String> inputs() {
    var all = new ArrayList<>(columns);
    if (!sequence.isEmpty()) {
      all.addFirst(sequence);
    }
    return all;
  }

  /// That it reads no text.
  ///
  /// @param who does not
  public TaskException noText(String who) {
    return new TaskException(
        "%s: expected a table with the columns %s (--file x.csv), got a text; give a table"
            .formatted(who, String.join(", ", columns)));
  }

  private float number(Row row, String column, String written) {
    if (PlainNumbers.isMissing(written) && missing != FrameSettings.Missing.REFUSE) {
      return Float.NaN;
    }
    return (float)
        PlainNumbers.of(
            row,
            column,
            written,
            Float::parseFloat,
            PlainNumbers.isMissing(written)
                ? "write it, or say what it is taken for (data.missing: previous, or mean)"
                : "write one, or name the columns that hold them (--values)");
  }

  private Frames ofLists(Row row, String name) {
    int width = columns.size();
    float[][] lists = new float[width][];
    for (int d = 0; d < width; d++) {
      lists[d] = numbers(row, columns.get(d));
      if (lists[d].length != lists[0].length) {
        throw new DataException(
            "%s: expected as many numbers in %s as in %s, %d, got %d; give each step one of each"
                .formatted(
                    row.place(), columns.get(d), columns.get(0), lists[0].length, lists[d].length));
      }
    }
    float[] values = new float[lists[0].length * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = lists[i % width][i / width];
    }
    if (values.length == 0) {
      throw new DataException(
          "%s: expected a step or more, got none; leave the row out".formatted(row.place()));
    }
    return new Frames(name, values, width);
  }

  private float[] numbers(Row row, String column) {
    if (!row.isList(column)) {
      throw new DataException(
          "%s: expected a list of numbers in %s, as in %s, got one value; write a list"
              .formatted(row.place(), column, columns.getFirst()));
    }
    var written = row.list(column);
    float[] values = new float[written.size()];
    for (int t = 0; t < values.length; t++) {
      values[t] = number(row, column, written.get(t).strip());
    }
    return values;
  }

  /// Whether a sequence has more steps than are read.
  public boolean cuts(Frames frames) {
    return frames.steps() > most;
  }

  /// A sequence scaled, with a number for each that is missing.
  ///
  /// @throws TaskException if it has not as many columns
  public Frames scaled(Frames frames) {
    return scaled(frames, new float[columns.size()]);
  }

  /// The same of steps that go on with others.
  ///
  /// @param last the step before them, scaled; zeros before the first // (D)
  public Frames scaled(Frames frames, float[] last) {
    requireWidth(frames);
    int width = columns.size();
    float[] values = frames.values();
    for (int i = 0; i < values.length; i++) {
      int d = i % width;
      values[i] = (values[i] - means.get(d)) / scales.get(d);
      if (Float.isNaN(values[i])) {
        float before = i < width ? last[d] : values[i - width];
        values[i] = missing == FrameSettings.Missing.PREVIOUS ? before : 0;
      }
    }
    return new Frames(frames.name(), values, width);
  }

  /// The steps of a sequence that are read where it is read as a whole.
  public Frames cut(Frames frames) {
    int read = Math.min(frames.steps(), most);
    return keep == TokenSettings.Keep.FIRST
        ? frames.steps(0, read)
        : frames.steps(frames.steps() - read, frames.steps());
  }

  /// What a network reads of a sequence that was scaled.
  public static Item item(Frames scaled) {
    return new Item().numbers(Inputs.TEXT, scaled.values(), scaled.width());
  }

  /// What a network reads of one sequence alone that was scaled.
  public static Inputs inputs(Frames scaled) {
    return Columns.inputs(Batch.of(List.of(item(scaled)), Padding.RIGHT));
  }

  private void requireWidth(Frames frames) {
    if (frames.width() != columns.size()) {
      throw new TaskException(
          "frames: expected steps of %d numbers (%s), got %d; give those"
              .formatted(columns.size(), String.join(", ", columns), frames.width()));
    }
  }

  /// `config.json` with what was learned.
  ///
  /// @param task its name
  /// @param settings of the model
  /// @param sections of these settings, those that are kept
  public JsonObject config(String task, Settings settings, String... sections) {
    var kept = new LinkedHashMap<String, JsonObject>();
    for (var section : sections) {
      kept.put(section, settings.section(section).values());
    }
    kept.computeIfPresent("data", (_, data) -> data.with("values", columns));
    return ModelConfig.of(task, kept).with(MEANS, means).with(SCALES, scales);
  }

  /// The one of a model.
  ///
  /// @param config what [#config] made
  /// @throws TaskException if it is damaged
  public static FrameReader load(Settings settings, JsonObject config) {
    var data = settings.section("data");
    var tokens = settings.section("tokens").as(TokenSettings.class);
    var begun = of(data, data.as(FrameSettings.class).values(), tokens);
    return new FrameReader(
        begun.sequence,
        begun.columns,
        numbers(config, MEANS, begun.columns.size()),
        numbers(config, SCALES, begun.columns.size()),
        begun.missing,
        begun.most,
        begun.keep);
  }

  private static List<Float> numbers(JsonObject config, String name, int count) {
    double[] numbers = config.array(name).numbers();
    boolean fit = Arrays.stream(numbers).allMatch(Double::isFinite);
    boolean scale = name.equals(MEANS) || Arrays.stream(numbers).allMatch(each -> each > 0);
    if (numbers.length != count || !fit || !scale) {
      throw new TaskException(
          "config.json: expected %d numbers in %s, one a column, got others; copy it again, or train it"
                  .formatted(count, name)
              + " again");
    }
    return Arrays.stream(numbers).mapToObj(each -> (float) each).toList();
  }
}
