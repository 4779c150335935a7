/// What is done to texts with libraries, which a recipe chooses by name: Korean morphemes (`nori`)
/// and stop words with Lucene, HTML with jsoup. Who trains without them leaves this room out.
///
/// ```java
/// var text = new Html().apply(MappedText.of("<p>caf&eacute;<br>noir"));   // " café noir"
/// text.start(1);                                                          // 3
/// new Nori(List.of(), true, false, false).tokens("영화가 재밌다");           // 영화, 가, 재밌, 다
/// ```
@NullMarked
package sequor.text.lucene;

import org.jspecify.annotations.NullMarked;
