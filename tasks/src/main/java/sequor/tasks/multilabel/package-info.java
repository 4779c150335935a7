/// Saying which labels a text, or a pair of them, has: none, one or several.
///
/// ```java
/// var posts = List.of(Example.of("how do I sort in Java", "java", "sorting"), …);
/// MultiLabeler labeler = MultiLabel.with(RecurrentEncoder.gru(64)).epochs(20).seed(7).train(posts);
/// labeler.predict("a heap in Java").labels();                   // [java]
/// ```
///
/// Open first: [sequor.tasks.multilabel.MultiLabel], [sequor.tasks.multilabel.MultiLabeler],
/// [sequor.tasks.multilabel.MultiLabelJob].
@NullMarked
package sequor.tasks.multilabel;

import org.jspecify.annotations.NullMarked;
