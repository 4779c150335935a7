/// Saying in one language what was written in another: translations, answers, summaries, anything
/// that is a pair of texts.
///
/// ```java
/// var pairs = List.of(Example.of("ein Hund schläft", "a dog sleeps"), …);
/// Translator translator = Translate.with(RecurrentEncoderDecoder.Config.of(CellKind.GRU, 256))
///     .epochs(20).seed(7).train(pairs);
/// translator.translate("ein Hund").text();                  // a dog
/// ```
///
/// Open first: [sequor.tasks.translate.Translate], [sequor.tasks.translate.Translator],
/// [sequor.tasks.translate.TranslateJob].
@NullMarked
package sequor.tasks.translate;

import org.jspecify.annotations.NullMarked;
