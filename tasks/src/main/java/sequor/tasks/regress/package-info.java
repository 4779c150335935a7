/// Saying which number a text, or a pair of them, has: how good a film is by its review, how alike
/// two sentences are.
///
/// ```java
/// var pairs = List.of(Example.pair("a man sleeps", "a man is asleep", 4.8), …);
/// Regressor regressor = Regress.with(RecurrentEncoder.gru(64)).epochs(20).seed(7).train(pairs);
/// regressor.predict("a dog runs", "the dog is running").value();     // 4.6
/// ```
///
/// Open first: [sequor.tasks.regress.Regress], [sequor.tasks.regress.Regressor],
/// [sequor.tasks.regress.RegressJob].
@NullMarked
package sequor.tasks.regress;

import org.jspecify.annotations.NullMarked;
