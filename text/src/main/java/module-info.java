import org.jspecify.annotations.NullMarked;

/** Words to numbers and back. */
@NullMarked
module sequor.text {
  requires static org.jspecify;
  requires transitive sequor.settings;

  exports sequor.text;

  uses sequor.text.Transform;
  uses sequor.text.SegmenterKind;

  provides sequor.text.Transform with
      sequor.text.LowerCase,
      sequor.text.Nfc;
  provides sequor.text.SegmenterKind with
      sequor.text.CharactersKind,
      sequor.text.WhitespaceKind;
}
