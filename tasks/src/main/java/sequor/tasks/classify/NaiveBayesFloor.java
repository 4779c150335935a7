package sequor.tasks.classify;

import sequor.settings.Settings;
import sequor.tasks.classify.NaiveBayes.Labelled;

/// `method: naive_bayes`: n-grams of what the model reads, their length and smoothing chosen on the
/// validation split.
public record NaiveBayesFloor() implements ClassifierFloor {
  @Override
  public String name() {
    return "naive_bayes";
  }

  @Override
  public String about() {
    return "naive Bayes over n-grams";
  }

  @Override
  public Trained train(
      Settings settings, Labelled train, Labelled valid, boolean words, int classes) {
    var best = chosen(train, valid, words, classes);
    return new Trained(best.config().toString(), best::predict);
  }

  static NaiveBayes chosen(Labelled train, Labelled valid, boolean words, int classes) {
    var candidates = words ? NaiveBayes.wordCandidates() : NaiveBayes.characterCandidates();
    return NaiveBayes.choose(candidates, train, valid, classes);
  }
}
