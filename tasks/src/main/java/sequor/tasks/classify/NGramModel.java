package sequor.tasks.classify;

import sequor.tasks.Evaluation;

/// Tells classes apart by the n-grams of a text alone: a floor, and what speaks along with a
/// network.
sealed interface NGramModel permits NaiveBayes, LogisticNGrams {
  /// What it is and how its settings were chosen, in a reader's words.
  String method();

  /// What chooses it in a recipe.
  ClassifierConfig.Speaking speaking();

  /// Learns from texts.
  interface Learner {
    /// @param texts with their classes
    /// @param classes how many there are
    NGramModel learn(NaiveBayes.Labelled texts, int classes);
  }

  /// Makes one of a model's settings of other texts; it holds nothing of the model.
  static Learner again(NGramModel model) {
    return switch (model) {
      case LogisticNGrams strong -> strong.again();
      case NaiveBayes bayes -> {
        var chosen = bayes.config();
        yield (texts, classes) -> NaiveBayes.train(chosen, texts, classes);
      }
    };
  }

  /// The score of each class: the logarithm of its probability, up to a constant.
  double[] scores(String text);

  /// The class with the greatest score; the first of them when several are greatest.
  default int predict(String text) {
    return Evaluation.argmax(scores(text));
  }
}
