import org.jspecify.annotations.NullMarked;

/** Words to numbers and back. */
@NullMarked
module sequor.text {
  requires static org.jspecify;
  requires transitive sequor.json;
  requires java.net.http;
  requires de.siegmar.fastcsv;
  requires net.datafaker;

  exports sequor.text;
}
