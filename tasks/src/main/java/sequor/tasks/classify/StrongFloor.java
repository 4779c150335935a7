package sequor.tasks.classify;

import java.util.ArrayList;
import java.util.List;
import sequor.settings.Settings;
import sequor.tasks.classify.NaiveBayes.Labelled;

/// `method: strong`: logistic regression on n-grams weighted by naive Bayes, its penalty chosen on
/// the validation split; so is, where short texts are read as words, whether their characters tell
/// more, as they do in languages that write several words as one.
public record StrongFloor() implements ClassifierFloor {
  private static final int SHORT = 200; // characters of a text, on average

  @Override
  public String name() {
    return "strong";
  }

  @Override
  public String about() {
    return "logistic regression on n-grams weighted by naive Bayes";
  }

  @Override
  public Trained train(
      Settings settings, Labelled train, Labelled valid, boolean words, int classes) {
    var best = chosen(train, valid, words, classes);
    return new Trained(best.method(), best::predict);
  }

  static LogisticNGrams chosen(Labelled train, Labelled valid, boolean words, int classes) {
    var kinds = new ArrayList<NGrams>();
    if (words) {
      kinds.add(NGrams.words(1, 3));
    }
    if (!words || areShort(train.texts())) {
      kinds.add(NGrams.characters(1, 5));
    }
    return LogisticNGrams.choose(kinds, train, valid, classes);
  }

  private static boolean areShort(List<String> texts) {
    return texts.stream().mapToInt(String::length).average().orElse(0) <= SHORT;
  }
}
