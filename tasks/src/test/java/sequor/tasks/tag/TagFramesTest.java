package sequor.tasks.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.data.DataException;
import sequor.models.RecurrentEncoder;
import sequor.tasks.Frames;
import sequor.tasks.TaskException;

/// Taggers of sequences of vectors.
class TagFramesTest {
  @TempDir Path folder;

  /// A door that is opened by one signal and shut by another: most steps say nothing themselves.
  private static List<FrameExample> doors(int count, long seed) {
    var random = new SplittableRandom(seed);
    var examples = new ArrayList<FrameExample>();
    for (int i = 0; i < count; i++) {
      float[][] steps = new float[random.nextInt(5, 16)][2];
      var tags = new ArrayList<String>();
      boolean open = false;
      for (float[] step : steps) {
        int signal = random.nextInt(4);
        step[0] = signal == 0 ? 1 : 0;
        step[1] = signal == 1 ? 1 : 0;
        open = signal == 0 || (open && signal != 1);
        tags.add(open ? "open" : "shut");
      }
      examples.add(FrameExample.of(Frames.of(steps), tags));
    }
    return examples;
  }

  private static void assertKnows(FrameTagger tagger) {
    for (var example : doors(100, 9)) {
      assertThat(tagger.predict(example.frames()).tags()).isEqualTo(example.tags());
    }
  }

  @Test
  void whatStepsBeforeTellIsLearned() {
    assertKnows(TagFrames.with(RecurrentEncoder.lstm(16)).epochs(15).seed(3).train(doors(200, 1)));
  }

  @Test
  void aFieldJudgesTheStepsTogether() {
    assertKnows(
        TagFrames.with(RecurrentEncoder.lstm(16)).crf().epochs(15).seed(3).train(doors(200, 1)));
  }

  @Test
  void aSavedOneSaysTheSame() {
    var tagger = TagFrames.with(RecurrentEncoder.gru(8)).epochs(2).seed(1).train(doors(40, 1));
    tagger.save(folder);
    var again = FrameTagger.load(folder);
    var some = doors(20, 2).stream().map(FrameExample::frames).toList();

    assertThat(again.predict(some).stream().map(FrameTags::probabilities))
        .isEqualTo(tagger.predict(some).stream().map(FrameTags::probabilities).toList());
    assertThat(again.labels().names()).containsExactly("open", "shut");
    var said = again.predict(some.getFirst());
    assertThat(said.fields(1)).containsEntry("predicted", said.tags().get(1));
    assertThat(said.pieces()).hasSize(some.getFirst().steps());
    assertThat(said.json(1).array("tags").texts()).isEqualTo(said.tags());
    assertThatThrownBy(() -> again.input("0 1"))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("expected a table with the columns 1, 2");
  }

  /// Read in pieces of `tokens.max_length`, each step has its tag.
  @Test
  void longerSequencesAreReadInPieces() {
    var steps = new float[2500][2];
    var tagger = TagFrames.with(RecurrentEncoder.gru(4)).epochs(1).seed(1).train(doors(20, 1));

    assertThat(tagger.predict(Frames.of(steps)).tags()).hasSize(2500);
  }

  @Test
  void stepsWithoutATagAreRefused() {
    assertThatThrownBy(() -> FrameExample.of(Frames.of(new float[] {1}), List.of("a", "b")))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("expected a tag for each step, got 2 for 1");
    assertThatThrownBy(() -> TagFrames.with(RecurrentEncoder.gru(8)).train(List.of()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected sequences");
  }
}
