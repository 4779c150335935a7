package sequor.tasks.classify;

import sequor.settings.Settings;
import sequor.tasks.classify.NaiveBayes.Labelled;

/// `method: strong`: logistic regression on n-grams weighted by naive Bayes, its penalty chosen on
/// the validation split.
public record StrongFloor() implements ClassifierFloor {
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
    var ngrams = words ? NGrams.words(1, 3) : NGrams.characters(1, 5);
    return LogisticNGrams.choose(ngrams, train, valid, classes);
  }
}
