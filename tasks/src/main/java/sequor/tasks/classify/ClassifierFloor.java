package sequor.tasks.classify;

import java.util.ServiceLoader;
import sequor.settings.Choices;
import sequor.settings.Named;
import sequor.settings.Settings;
import sequor.tasks.classify.NaiveBayes.Labelled;

/// A simple method of telling classes apart, beside which every report shows the model. Recipes
/// choose it as `floor.method`; one of your own is a service, as a [sequor.tasks.Task] is.
public interface ClassifierFloor extends Named {
  /// What has learned to tell classes apart.
  ///
  /// @param method what was done, in a reader's words
  record Trained(String method, Guess guess) {}

  /// Gives the class of a text; several threads ask it.
  @FunctionalInterface
  interface Guess {
    int of(String text);
  }

  /// Learns from the training texts, and chooses its settings by the validation texts.
  ///
  /// @param settings with the keys of [#settings()]
  /// @param words whether the model reads words rather than characters
  /// @param classes how many there are, numbered from 0
  Trained train(Settings settings, Labelled train, Labelled valid, boolean words, int classes);

  /// All there are.
  static Choices<ClassifierFloor> all() {
    return Choices.of("floor", ServiceLoader.load(ClassifierFloor.class));
  }
}
