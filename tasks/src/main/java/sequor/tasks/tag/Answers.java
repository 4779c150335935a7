package sequor.tasks.tag;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import sequor.models.Ensemble;
import sequor.models.Inputs;
import sequor.models.SequenceTagger;
import sequor.nn.Constraints;
import sequor.tasks.Columns;
import sequor.tensor.Tape;
import sequor.text.Batches;
import sequor.text.Item;

/// What is said of the steps of a sequence, such as the words of a sentence.
///
/// @param tags the best together
/// @param rows the probability of each tag // (steps, tags)
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Answers(int[] tags, float[][] rows) {
  private static final int SEQUENCES = 256; // that are asked for at once
  private static final int STEPS = 1 << 14;

  /// Gives what a network reads of some steps of a sequence.
  interface Piece {
    /// @param sequence which one
    /// @param from the first step
    /// @param to behind the last
    Item of(int sequence, int from, int to);
  }

  /// Says where a piece ends.
  interface End {
    /// Behind the last step that is read together with the one at `from`.
    int of(int sequence, int from);
  }

  /// The likeliest tag of each step.
  ///
  /// @param probabilities of the tags // (steps, tags)
  /// @param tags C
  static Answers of(float[] probabilities, int tags) {
    int steps = probabilities.length / tags;
    var answers = new Answers(new int[steps], new float[steps][]);
    for (int t = 0; t < steps; t++) {
      float[] row = Arrays.copyOfRange(probabilities, t * tags, (t + 1) * tags);
      answers.rows[t] = row;
      for (int tag = 1; tag < tags; tag++) {
        answers.tags[t] = row[tag] > row[answers.tags[t]] ? tag : answers.tags[t];
      }
    }
    return answers;
  }

  /// What is said of sequences, in the order given; long ones are read in pieces.
  ///
  /// @param tags C
  /// @param allowed which may follow which
  /// @param lengths of the sequences
  /// @param end of pieces
  static List<Answers> of(
      Ensemble<SequenceTagger> network,
      int tags,
      Optional<Constraints> allowed,
      int[] lengths,
      End end,
      Piece piece) {
    var items = new ArrayList<Item>();
    var places = new ArrayList<int[]>(); // sequence and first step of each piece
    var all = new ArrayList<Answers>();
    for (int i = 0; i < lengths.length; i++) {
      all.add(new Answers(new int[lengths[i]], new float[lengths[i]][]));
      for (int from = 0, to; from < lengths[i]; from = to) {
        to = end.of(i, from);
        items.add(piece.of(i, from, to));
        places.add(new int[] {i, from});
      }
    }
    for (var batch : Batches.of(items).withSize(SEQUENCES).withTokens(STEPS).byLength()) {
      var inputs = Columns.inputs(batch);
      var said = Tape.inference(() -> SequenceTagger.say(network, inputs, allowed));
      float[] values = said.probabilities().toArray(); // (B,T,C)
      int steps = batch.column(Inputs.TEXT).steps();
      for (int b = 0; b < batch.size(); b++) {
        int[] place = places.get(batch.rows()[b]);
        var answers = all.get(place[0]);
        int[] best = said.tags().get(b);
        System.arraycopy(best, 0, answers.tags, place[1], best.length);
        for (int t = 0; t < best.length; t++) {
          int from = (b * steps + t) * tags;
          answers.rows[place[1] + t] = Arrays.copyOfRange(values, from, from + tags);
        }
      }
    }
    return all;
  }
}
