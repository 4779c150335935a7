package sequor.tasks.language;

import java.util.List;
import java.util.function.Consumer;

/// Texts that a model is judged by, encoded once.
interface Judged {
  /// As they were given.
  List<String> texts();

  /// That of each; empty where there is none.
  List<String> labels();

  /// How many it reads of all together.
  long characters();

  /// How many texts are longer than it reads.
  long cut();

  /// How many are not among them, for the model does not know their label.
  long left();

  /// How many examples they are.
  long size();

  /// Gives what was said of each text to `action`, in an order of its own.
  void score(Scoring scoring, Consumer<Scoring.Text> action);

  /// What is to be said, in sequences of which none knows another.
  List<int[]> said();
}
