package sequor.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.models.ModelException;
import sequor.models.Pooling;
import sequor.models.RecurrentEncoder;
import sequor.models.SequenceClassifier;
import sequor.tasks.classify.ClassifyFrames;
import sequor.tasks.classify.FrameClassifier;
import sequor.tasks.classify.Prediction;
import sequor.tasks.tag.FrameTagger;
import sequor.tasks.tag.TagFrames;

/// Sequences of vectors that are read as they come.
class FrameSessionTest {
  private static final int MOST = 1000; // steps that are read unless somebody says otherwise
  private static final RecurrentEncoder.Config ONE_WAY = RecurrentEncoder.gru(7).oneWay();

  private static Frames frames(int steps, long seed) {
    var random = new SplittableRandom(seed);
    float[][] all = new float[steps][3];
    for (float[] step : all) {
      for (int d = 0; d < step.length; d++) {
        step[d] = (float) (5 * d + random.nextGaussian());
      }
      step[random.nextInt(3)] = random.nextInt(4) == 0 ? Float.NaN : step[0];
    }
    return Frames.of(all);
  }

  private static FrameClassifier classifier(RecurrentEncoder.Config encoder, Pooling pooling) {
    var examples = new ArrayList<sequor.tasks.classify.FrameExample>();
    for (int i = 0; i < 20; i++) {
      examples.add(
          sequor.tasks.classify.FrameExample.of(frames(3 + i % 5, i), i % 2 == 0 ? "even" : "odd"));
    }
    var head = SequenceClassifier.Head.standard();
    return ClassifyFrames.with(encoder)
        .head(new SequenceClassifier.Head(pooling, head.headSize(), head.dropout()))
        .epochs(1)
        .seed(1)
        .train(examples);
  }

  private static FrameTagger tagger(TagFrames train) {
    var examples = new ArrayList<sequor.tasks.tag.FrameExample>();
    for (int i = 0; i < 20; i++) {
      var some = frames(3 + i % 5, i);
      var tags = new ArrayList<String>();
      for (int t = 0; t < some.steps(); t++) {
        tags.add(some.value(t, 1) > 5 ? "high" : "low");
      }
      examples.add(sequor.tasks.tag.FrameExample.of(some, tags));
    }
    return train.epochs(1).seed(1).train(examples);
  }

  private static void assertSame(Prediction said, Prediction whole) {
    assertThat(said.label()).isEqualTo(whole.label());
    assertThat(said.probability()).isCloseTo(whole.probability(), within(1e-5));
    assertThat(said.cut()).isEqualTo(whole.cut());
  }

  /// After each step the answer is that for the sequence so far, whatever is pooled.
  @ParameterizedTest
  @EnumSource(value = Pooling.class, names = "ATTENTION", mode = EnumSource.Mode.EXCLUDE)
  void aClassifierSaysWhatTheSequenceSoFarGets(Pooling pooling) {
    var classifier = classifier(ONE_WAY.withLayers(2, 0), pooling);
    var some = frames(9, 77);
    var session = classifier.session();
    for (int t = 0; t < some.steps(); t++) {
      session = classifier.session(session.toBytes()); // put aside before each step
      assertSame(session.step(some.step(t)), classifier.predict(some.steps(0, t + 1)));
    }
    assertThat(session.steps()).isEqualTo(9);
    var other = classifier.session(session.toBytes());
    assertThat(other.toBytes()).isEqualTo(session.toBytes());
    assertThat(other.now()).isEqualTo(session.now());
    assertSame(classifier.session().read(some), classifier.predict(some));
  }

  @Test
  void whatIsBeyondTheLongestSequenceChangesNothing() {
    var classifier = classifier(ONE_WAY, Pooling.MEAN);
    var some = frames(MOST + 5, 3);
    var session = classifier.session();
    session.read(some.steps(0, MOST - 1));
    assertThat(session.now().cut()).isFalse();
    assertSame(session.read(some.steps(MOST - 1, MOST + 5)), classifier.predict(some));
    assertThat(session.now().cut()).isTrue();
    session = classifier.session(session.toBytes());
    assertSame(session.step(1, 2, 3), classifier.predict(some));
  }

  @Test
  void aTaggerSaysTheTagOfEachStepAsItComes() {
    var tagger = tagger(TagFrames.with(ONE_WAY));
    var some = frames(12, 5);
    var whole = tagger.predict(some);
    var session = tagger.session();
    assertThat(tagger.session(session.toBytes()).now().tags()).isEmpty();
    for (int t = 0; t < some.steps(); t++) {
      var said = session.step(some.step(t));
      assertThat(said.tags()).containsExactly(whole.tags().get(t));
      assertThat(said.probabilities().getFirst())
          .isCloseTo(whole.probabilities().get(t), within(1e-5));
      session = tagger.session(session.toBytes());
      assertThat(session.now().probabilities()).isEqualTo(said.probabilities());
      assertThat(session.steps()).isEqualTo(t + 1);
    }
    assertThat(tagger.session().read(some).tags()).isEqualTo(whole.tags());
  }

  @Test
  void stepsOfAnotherWidthAreRefused() {
    var session = classifier(ONE_WAY, Pooling.LAST).session();
    byte[] before = session.toBytes();
    assertThatThrownBy(() -> session.step(1, 2))
        .isInstanceOf(TaskException.class)
        .hasMessage("frames: expected steps of 3 numbers (1, 2, 3), got 2; give those");
    assertThat(session.toBytes()).isEqualTo(before);
  }

  @Test
  void modelsThatNeedAllOfASequenceAreRefused() {
    assertThatThrownBy(() -> classifier(RecurrentEncoder.gru(7), Pooling.LAST).session())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("got one that reads both ways; train one that reads one way");
    assertThatThrownBy(() -> tagger(TagFrames.with(RecurrentEncoder.gru(7))).session())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("train it with model.bidirectional=false and model.head=softmax");
    assertThatThrownBy(() -> tagger(TagFrames.with(ONE_WAY).crf()).session())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model.head=softmax");
  }

  /// Each bit of the bytes counts, and each length.
  @Test
  void damagedBytesAreRefused() {
    var models = List.of(classifier(ONE_WAY, Pooling.ALL), tagger(TagFrames.with(ONE_WAY)));
    for (Streams<? extends FrameSession<?>> model : models) {
      var session = model.session();
      session.read(frames(4, 1));
      SessionTest.assertDamageIsRefused(model, session.toBytes());
    }
    assertThatThrownBy(() -> models.getLast().session(models.getFirst().session().toBytes()))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("got one of another (");
  }
}
