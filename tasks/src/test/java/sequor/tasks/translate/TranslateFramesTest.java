package sequor.tasks.translate;

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
import sequor.models.CellKind;
import sequor.models.EncoderDecoderConfig;
import sequor.models.ModelException;
import sequor.models.RecurrentEncoderDecoder;
import sequor.models.TransformerEncoder;
import sequor.models.TransformerEncoderDecoder;
import sequor.tasks.Frames;
import sequor.tasks.TaskException;
import sequor.tensor.Ids;
import sequor.tensor.Spans;

/// Numbers that are put into words.
class TranslateFramesTest {
  private static final List<String> SIZES = List.of("small", "big");
  private static final List<String> COUNTS = List.of("no", "one", "two", "three");
  private static final List<String> COLOURS = List.of("red", "green", "blue");

  @TempDir Path folder;

  /// One vector says how large and of which colour a thing is, and how many there are.
  private static List<FrameExample> captions(int count, long seed) {
    var random = new SplittableRandom(seed);
    var captions = new ArrayList<FrameExample>();
    for (int i = 0; i < count; i++) {
      int size = random.nextInt(2);
      int colour = random.nextInt(3);
      int many = random.nextInt(1, 4);
      float[] vector = new float[5];
      vector[0] = size;
      vector[1 + colour] = 1;
      vector[4] = many;
      String thing = " %s %s ball".formatted(SIZES.get(size), COLOURS.get(colour));
      String said = many == 1 ? "a" + thing : COUNTS.get(many) + thing + "s on the floor";
      captions.add(FrameExample.of(Frames.of(vector), said));
    }
    return captions;
  }

  /// A sequence of signals, each of which is one word: the longer, the more is said.
  private static List<FrameExample> signals(int count, long seed) {
    var random = new SplittableRandom(seed);
    var words = List.of("dot", "dash", "pause");
    var examples = new ArrayList<FrameExample>();
    for (int i = 0; i < count; i++) {
      float[][] steps = new float[random.nextInt(1, 5)][3];
      var said = new ArrayList<String>();
      for (float[] step : steps) {
        int signal = random.nextInt(3);
        step[signal] = 1;
        said.add(words.get(signal));
      }
      examples.add(FrameExample.of(Frames.of(steps), String.join(" ", said)));
    }
    return examples;
  }

  static Stream<EncoderDecoderConfig> networks() {
    return Stream.of(
        RecurrentEncoderDecoder.Config.of(CellKind.GRU, 48).withLayers(1, 0),
        TransformerEncoderDecoder.Config.of(32, 2, 1)
            .with(true, TransformerEncoder.Positions.SINUSOIDAL, 0));
  }

  private static FrameTranslator trained(EncoderDecoderConfig network, List<FrameExample> some) {
    var frames = TranslateFrames.with(network);
    var training = frames.training().with("patience", 30).with("watch", "nats_per_token");
    return frames.training(training).epochs(30).seed(5).train(some);
  }

  private static void assertKnows(FrameTranslator translator, List<FrameExample> others) {
    for (var example : others) {
      assertThat(translator.predict(example.frames()).text()).isEqualTo(example.target());
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aVectorBecomesASentence(EncoderDecoderConfig network) {
    assertKnows(trained(network, captions(200, 1)), captions(60, 2));
  }

  @Test
  void aSequenceOfVectorsBecomesASentence() {
    var network = RecurrentEncoderDecoder.Config.of(CellKind.GRU, 48).withLayers(1, 0);

    assertKnows(trained(network, signals(500, 1)), signals(60, 2));
  }

  @Test
  void aSavedOneSaysTheSameAloneAndAmongOthers() {
    var network = TransformerEncoderDecoder.Config.of(16, 2, 1);
    var translator = TranslateFrames.with(network).epochs(2).seed(1).train(signals(60, 1));
    translator.save(folder);
    var again = FrameTranslator.load(folder);
    var some = signals(20, 3).stream().map(FrameExample::frames).toList();
    var said = again.predict(some);

    assertThat(said).isEqualTo(translator.predict(some));
    for (int i = 0; i < some.size(); i++) {
      assertThat(again.predict(some.get(i)).text()).isEqualTo(said.get(i).text());
    }
    var alignment = said.getFirst().best().alignment();
    assertThat(alignment.source()).hasSize(some.getFirst().steps()).startsWith("1");
    assertThat(again.withBeam(3).predict(some.getFirst()).hypotheses()).hasSize(3);
    assertThatThrownBy(() -> again.input("1 0 0"))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("expected a table with the columns 1, 2, 3");
  }

  @Test
  void idsAreNoVectors() {
    var translator =
        TranslateFrames.with(RecurrentEncoderDecoder.Config.of(CellKind.GRU, 8))
            .epochs(1)
            .train(signals(20, 1));

    assertThatThrownBy(
            () -> translator.network().read(Ids.of(new int[] {1, 2}, 1, 2), Spans.full(1, 2)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected a source of steps of numbers");
    assertThatThrownBy(
            () ->
                TranslateFrames.with(RecurrentEncoderDecoder.Config.of(CellKind.GRU, 8))
                    .train(List.of()))
        .isInstanceOf(DataException.class);
  }
}
