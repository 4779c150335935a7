package sequor.recipes;

/// What becomes of labels in a language model.
enum LabelUse {
  /// A text is conditioned on its label.
  TOLD,
  /// Labels help to learn; a text is judged and made up without one, as if any could be its own.
  HIDDEN
}
