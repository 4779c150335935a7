import org.jspecify.annotations.NullMarked;

/** Files to examples and back. */
@NullMarked
module sequor.data {
  requires static org.jspecify;
  requires transitive sequor.settings;
  requires transitive sequor.text;
  requires java.net.http;
  requires de.siegmar.fastcsv;
  requires tools.jackson.core;

  exports sequor.data;

  uses sequor.data.Format;

  provides sequor.data.Format with
      sequor.data.AutoFormat,
      sequor.data.ConllFormat,
      sequor.data.ConlluFormat,
      sequor.data.CorpusFormat,
      sequor.data.JsonLinesFormat,
      sequor.data.LinesFormat,
      sequor.data.ParallelFormat,
      sequor.data.TableFormat,
      sequor.data.TextFormat;
}
