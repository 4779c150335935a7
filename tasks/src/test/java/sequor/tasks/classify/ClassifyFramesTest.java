package sequor.tasks.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sequor.data.DataException;
import sequor.models.ConvolutionEncoder;
import sequor.models.EncoderConfig;
import sequor.models.RecurrentEncoder;
import sequor.models.TransformerEncoder;
import sequor.tasks.Frames;
import sequor.tasks.TaskException;

/// Classifiers of sequences of vectors.
class ClassifyFramesTest {
  private static final float[] UP = {1, 0};
  private static final float[] DOWN = {0, 1};

  @TempDir Path folder;

  /// The same two steps in either order, with steps of nothing around: only the order tells.
  private static List<FrameExample> orders() {
    var random = new SplittableRandom(5);
    var examples = new ArrayList<FrameExample>();
    for (int i = 0; i < 120; i++) {
      float[][] steps = new float[random.nextInt(4, 9)][2];
      int first = random.nextInt(steps.length - 1);
      int second = random.nextInt(first + 1, steps.length);
      boolean up = i % 2 == 0;
      steps[first] = up ? UP : DOWN;
      steps[second] = up ? DOWN : UP;
      examples.add(FrameExample.of(Frames.of(steps), up ? "up first" : "down first"));
    }
    return examples;
  }

  static Stream<EncoderConfig> encoders() {
    return Stream.of(
        RecurrentEncoder.gru(16),
        ConvolutionEncoder.Config.of(16, 16).withWidths(3, 8),
        TransformerEncoder.Config.of(16, 2));
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void whatTheOrderAloneTellsIsLearned(EncoderConfig encoder) {
    var train = ClassifyFrames.with(encoder);
    var training = train.training().with("patience", 40).withLearningRate(0.01f).withEpochs(40);
    var classifier = train.training(training).seed(3).train(orders());

    for (var example : orders()) {
      assertThat(classifier.predict(example.frames()).label()).isEqualTo(example.label());
    }
  }

  /// A public-shaped set of sensors with known truth: three axes, sampled for one to three seconds,
  /// of people who walk, run or climb, each at a pace and with a strength of their own.
  private static List<FrameExample> motions(int count, long seed) {
    var random = new SplittableRandom(seed);
    var examples = new ArrayList<FrameExample>();
    var kinds = List.of("walk", "run", "climb");
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(kinds.size());
      double hertz = kind == 1 ? random.nextDouble(2.4, 3.2) : random.nextDouble(1.4, 2.0);
      double strength = random.nextDouble(0.8, 1.6);
      double phase = random.nextDouble(2 * Math.PI);
      float[][] steps = new float[random.nextInt(25, 76)][3];
      for (int t = 0; t < steps.length; t++) {
        double angle = phase + 2 * Math.PI * hertz * t / 25;
        steps[t][0] = (float) (strength * Math.sin(angle) + random.nextGaussian() / 4);
        steps[t][1] = (float) (strength * Math.sin(kind == 2 ? angle : angle + Math.PI / 2));
        steps[t][2] = (float) (9.81 + random.nextGaussian() / 4);
      }
      examples.add(FrameExample.of(Frames.of(steps), kinds.get(kind)));
    }
    return examples;
  }

  @Test
  void motionsAreToldApartByWhatTheSensorsDo() {
    var classifier =
        ClassifyFrames.with(RecurrentEncoder.gru(24)).epochs(12).seed(2).train(motions(400, 1));
    var others = motions(150, 2);
    long right =
        others.stream()
            .filter(each -> classifier.predict(each.frames()).label().equals(each.label()))
            .count();

    assertThat(right).isGreaterThanOrEqualTo(147); // of 150
  }

  @Test
  void aSavedOneSaysTheSame() {
    var classifier =
        ClassifyFrames.with(RecurrentEncoder.gru(8)).epochs(2).seed(1).train(motions(60, 1));
    classifier.save(folder);
    var again = FrameClassifier.load(folder);
    var some = motions(20, 3).stream().map(FrameExample::frames).toList();

    assertThat(again.predict(some)).isEqualTo(classifier.predict(some));
    assertThat(again.predict(some).getFirst())
        .isEqualTo(again.predict(some.getFirst())); // among others, whatever their lengths
    assertThat(again.labels().names()).containsExactly("climb", "run", "walk");
    assertThatThrownBy(() -> again.input("1 2 3"))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("expected a table with the columns 1, 2, 3");
    assertThatThrownBy(() -> Classifier.load(folder))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("expected a Classifier, got a FrameClassifier");
  }

  @Test
  void theSameSeedGivesTheSameModel() {
    var train = ClassifyFrames.with(RecurrentEncoder.gru(8)).epochs(2).seed(1);
    var some = motions(60, 1);
    var frames = some.getFirst().frames();

    assertThat(train.train(some).predict(frames)).isEqualTo(train.train(some).predict(frames));
  }

  @Test
  void nothingToLearnFromIsRefused() {
    assertThatThrownBy(() -> ClassifyFrames.with(RecurrentEncoder.gru(8)).train(List.of()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected examples");
  }
}
