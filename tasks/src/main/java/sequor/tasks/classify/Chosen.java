package sequor.tasks.classify;

import java.util.Optional;
import java.util.function.Supplier;
import sequor.tasks.Floor;

/// What was chosen by the validation split, for a classifier that learns from that split too.
///
/// @param ngrams makes those that speak along
/// @param ofNetwork what the network weighs beside them
/// @param ofNGrams what they weigh
/// @param floor where it is none of these
/// @param said what that says of the test split
record Chosen(
    Optional<NGramModel.Learner> ngrams,
    double ofNetwork,
    double ofNGrams,
    Temperature temperature,
    Optional<Floor> floor,
    Optional<int[]> said) {
  static Chosen of(Classifier classifier, Optional<Floor> floor, Optional<int[]> said) {
    var share = classifier.share();
    return new Chosen(
        share.map(NGramShare::model).map(NGramModel::again),
        share.map(NGramShare::ofNetwork).orElse(1.0),
        share.map(NGramShare::ofNGrams).orElse(0.0),
        classifier.temperature(),
        floor,
        said);
  }

  /// N-grams of these texts, as those of the training split were chosen and weighed.
  Optional<NGramShare> share(Supplier<NaiveBayes.Labelled> texts, int classes) {
    return ngrams.map(
        learner -> new NGramShare(learner.learn(texts.get(), classes), ofNetwork, ofNGrams));
  }
}
