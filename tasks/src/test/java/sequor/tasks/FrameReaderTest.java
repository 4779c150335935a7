package sequor.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sequor.data.DataException;
import sequor.data.Row;
import sequor.data.Source;
import sequor.json.Json;
import sequor.settings.Places;
import sequor.settings.Settings;
import sequor.settings.SettingsException;
import sequor.tasks.classify.ClassifyTask;

/// Rows of numbers as a model reads them.
class FrameReaderTest {
  private static Settings settings(Map<String, Object> data) {
    var json = Json.object().with("data", Json.ofMap(data));
    return new ClassifyTask().schema().complete(json, Places.NOWHERE);
  }

  private static Row row(String... cells) {
    var fields = new java.util.LinkedHashMap<String, String>();
    for (var cell : cells) {
      var parts = cell.split("=", 2);
      fields.put(parts[0], parts[1]);
    }
    return Row.of(fields);
  }

  private static FrameReader reader(FrameSettings.Missing missing) {
    var none = Map.<String, Object>of("values", List.of("x", "y"), "missing", name(missing));
    return FrameReader.of(settings(none), Source.of(List.of()), List.of());
  }

  private static String name(FrameSettings.Missing missing) {
    return missing.name().toLowerCase(java.util.Locale.ROOT);
  }

  @Test
  void theColumnsOfNumbersAreReadButForThoseThatSaySomethingElse() {
    var rows =
        List.of(
            row("id=1", "note=none so far", "x=0.5", "y=-1e3", "kind=7", "set=train"),
            row("id=1", "note=2", "x=4", "y=3", "kind=8", "set=train"),
            row("id=1", "note=odd", "x=ten", "y=3", "kind=8", "set=train"));
    var settings = settings(Map.of("sequence", "id", "split", "set"));
    var reader = FrameReader.of(settings, Source.of(rows), List.of("kind"));

    assertThat(reader.columns())
        .containsExactly("x", "y"); // two x of three are numbers, and one note
    assertThatThrownBy(() -> FrameReader.of(settings, Source.of(rows), List.of("kind", "x", "y")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("data.values: expected columns of numbers beside kind, x, y, id, set")
        .hasMessageContaining("got none in");
  }

  /// A decimal comma makes a column no text: it is told where it stands.
  @Test
  void aColumnOfDecimalCommasIsOneOfNumbers() {
    var rows = Source.of(List.of(row("x=0,5", "kind=a"), row("x=1,5", "kind=b")));
    var reader = FrameReader.of(settings(Map.of("sequence", "id")), rows, List.of("kind"));

    assertThat(reader.columns()).containsExactly("x");
  }

  @Test
  void numbersAreScaledByTheTrainingSteps() {
    var train = List.of(Frames.of(new float[][] {{1, 5}, {3, 5}}), Frames.of(new float[] {5, 5}));
    var reader = reader(FrameSettings.Missing.REFUSE).learned(train);
    var scaled = reader.scaled(Frames.of(new float[] {3, 5}, new float[] {5, 6}));

    assertThat(scaled.value(0, 0)).isZero();
    assertThat(scaled.value(1, 0)).isCloseTo((float) (2 / Math.sqrt(8.0 / 3)), within(1e-6f));
    assertThat(scaled.value(0, 1)).isZero();
    assertThat(scaled.value(1, 1)).isEqualTo(1); // a column that never moved keeps its unit
  }

  @Test
  void aMissingNumberIsWhatTheSettingsSay() {
    var train = List.of(Frames.of(new float[][] {{0, 0}, {2, 2}}));
    float none = Float.NaN;
    var holes = Frames.of(new float[][] {{none, 2}, {2, none}, {none, none}});
    var mean = reader(FrameSettings.Missing.MEAN).learned(train).scaled(holes);
    var previous = reader(FrameSettings.Missing.PREVIOUS).learned(train).scaled(holes);

    assertThat(values(mean)).containsExactly(0f, 1f, 1f, 0f, 0f, 0f);
    assertThat(values(previous)).containsExactly(0f, 1f, 1f, 1f, 1f, 1f);
    float[] last = {7, 7}; // of the steps before
    var gone = reader(FrameSettings.Missing.PREVIOUS).learned(train).scaled(holes, last);
    assertThat(values(gone)).containsExactly(7f, 1f, 1f, 1f, 1f, 1f);
    assertThatThrownBy(() -> reader(FrameSettings.Missing.REFUSE).frames(row("x=1", "y= ")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("row:1: expected a number in column y, got ''")
        .hasMessageContaining("data.missing: previous, or mean");
    assertThat(reader(FrameSettings.Missing.MEAN).frames(row("x=1", "y=n/a")).value(0, 1)).isNaN();
  }

  private static List<Float> values(Frames frames) {
    var values = new ArrayList<Float>();
    for (int t = 0; t < frames.steps(); t++) {
      for (int d = 0; d < frames.width(); d++) {
        values.add(frames.value(t, d));
      }
    }
    return values;
  }

  @Test
  void whatIsNoNumberIsToldWithItsPlaceAndItsColumn() {
    var reader = reader(FrameSettings.Missing.MEAN);

    assertThatThrownBy(() -> reader.frames(row("x=1,5", "y=2")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "row:1: expected a number in column x, got '1,5'; write a point: 1.5");
    assertThatThrownBy(() -> reader.frames(row("x=1", "z=2")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("\"y\"");
    assertThatThrownBy(() -> reader.scaled(Frames.of(new float[] {1, 2, 3})))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("expected steps of 2 numbers (x, y), got 3");
    assertThatThrownBy(() -> Frames.of(new float[] {1}, new float[] {1, 2}))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("got 2 in step 2");
    assertThatThrownBy(Frames::of).isInstanceOf(TaskException.class);
  }

  @Test
  void gaussianBayesFindsTheLikelierClass() {
    var rows = new ArrayList<double[]>();
    var classes = new ArrayList<Integer>();
    for (int i = 0; i < 40; i++) {
      double within = i / 40.0 - 0.5;
      rows.add(new double[] {within, 100 * within}); // the second says nothing
      classes.add(0);
      rows.add(new double[] {2 + within, 100 * within});
      classes.add(1);
    }
    var simple = GaussianBayes.train(rows, classes, 2);

    assertThat(simple.predict(new double[] {0.2, 40})).isZero();
    assertThat(simple.predict(new double[] {1.8, -40})).isOne();
    var features = GaussianBayes.features(Frames.of(new float[][] {{1}, {3}, {2}}));
    assertThat(features)
        .containsExactly(new double[] {2, Math.sqrt(2 / 3.0), 1, 3, 1, 2, 1.5}, within(1e-12));
  }
}
