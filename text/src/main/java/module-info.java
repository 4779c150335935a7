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
      sequor.text.Brackets,
      sequor.text.ControlCharacters,
      sequor.text.HanWords,
      sequor.text.LowerCase,
      sequor.text.LowerLetters,
      sequor.text.Nfc,
      sequor.text.Nfd,
      sequor.text.Nfkc,
      sequor.text.Nfkd,
      sequor.text.Prepend,
      sequor.text.Replace,
      sequor.text.SpecialCharacters,
      sequor.text.Strip,
      sequor.text.StripAccents,
      sequor.text.StripMarks,
      sequor.text.WholeCharacters;
  provides sequor.text.SegmenterKind with
      sequor.text.BpeKind,
      sequor.text.CharactersKind,
      sequor.text.Jamo.Kind,
      sequor.text.PretrainedKind,
      sequor.text.UnigramKind,
      sequor.text.WhitespaceKind,
      sequor.text.WordPieceKind,
      sequor.text.Words.Kind;
}
