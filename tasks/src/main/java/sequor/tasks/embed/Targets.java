package sequor.tasks.embed;

/// How a word is told from all others: by some rows of the output table, each with what it is to
/// say.
interface Targets {
  /// How many rows a word has at most.
  int most();

  /// How many rows the output table has.
  int rows();

  /// Writes the rows of a word.
  ///
  /// @param targets what each is to say: 1 or 0
  /// @return how many there are
  int put(int word, Draws draws, int[] rows, float[] targets, int at);
}
