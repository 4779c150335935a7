import org.jspecify.annotations.NullMarked;

/** What is done to texts with libraries: Korean morphemes, stop words, HTML. */
@NullMarked
module sequor.text.lucene {
  requires static org.jspecify;
  requires transitive sequor.text;
  requires org.apache.lucene.analysis.common;
  requires org.apache.lucene.analysis.nori;
  requires org.apache.lucene.core;
  requires org.jsoup;

  exports sequor.text.lucene;

  provides sequor.text.Transform with
      sequor.text.lucene.Html,
      sequor.text.lucene.StopWords;
  provides sequor.text.SegmenterKind with
      sequor.text.lucene.Nori.Kind;
}
