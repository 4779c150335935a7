/// Saying which of some classes a text belongs to (many-to-one).
///
/// ```java
/// var reviews = List.of(Example.of("a fine film", "good"), Example.of("a dull film", "bad"), …);
/// Classifier classifier = Classify.with(RecurrentEncoder.gru(64)).epochs(20).seed(7).train(reviews);
/// classifier.predict("fine, in the end").label();               // good
/// classifier.save(Path.of("models/reviews"));
/// Classifier.load(Path.of("models/reviews"));
/// ```
///
/// Open first: [sequor.tasks.classify.Classify], [sequor.tasks.classify.Classifier],
/// [sequor.tasks.classify.ClassifyJob].
@NullMarked
package sequor.tasks.classify;

import org.jspecify.annotations.NullMarked;
