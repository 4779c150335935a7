/// Saying a tag for each word of a sentence: parts of speech, names, chunks.
///
/// ```java
/// var sentences = List.of(Example.of(List.of("the", "old", "boat"), List.of("DET", "ADJ", "NOUN")), …);
/// Tagger tagger = Tag.with(RecurrentEncoder.lstm(100)).epochs(20).seed(7).train(sentences);
/// tagger.tag("The boat is old.").tags();                    // [DET, NOUN, AUX, ADJ, PUNCT]
/// ```
///
/// Open first: [sequor.tasks.tag.Tag], [sequor.tasks.tag.Tagger], [sequor.tasks.tag.TagJob].
@NullMarked
package sequor.tasks.tag;

import org.jspecify.annotations.NullMarked;
