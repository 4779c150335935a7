package sequor.speed;

import java.util.Random;

/// A model and its batch, by their sizes.
///
/// ```
/// ids (B,T) → embedding (B,T,D) → recurrent layer (B,T,H) → linear → scores (B,C) or (B,T,C)
/// ```
///
/// Sizes that no tensor can have are refused, under the names that `sequor bench` gives them.
///
/// @param bidirectional whether the layer also reads backward; its width is then 2H
/// @param everyStep whether there are scores at every step, or only after the last
/// @param stepByStep whether the cell is called once a step, as in a user's own loop
public record Workload(
    Cell cell, Sizes sizes, boolean bidirectional, boolean everyStep, boolean stepByStep) {

  /// The recurrent cells.
  public enum Cell {
    RNN(1),
    GRU(3),
    LSTM(4);

    private final int gates;

    Cell(int gates) {
      this.gates = gates;
    }
  }

  /// @param batch B
  /// @param steps T
  /// @param embed D
  /// @param hidden H, of each direction
  /// @param classes C
  /// @param vocabulary V, how many ids there are
  public record Sizes(int batch, int steps, int embed, int hidden, int classes, int vocabulary) {
    public Sizes {
      Limits.atLeastOne("batch", batch);
      Limits.atLeastOne("time", steps);
      Limits.atLeastOne("embed", embed);
      Limits.atLeastOne("hidden", hidden);
      Limits.atLeastOne("classes", classes);
      Limits.atLeastOne("vocab", vocabulary);
    }
  }

  public Workload {
    if (stepByStep && bidirectional) {
      throw new IllegalArgumentException(
          "step-by-step: expected a layer that reads forward, found a bidirectional one; leave one"
              + " of the two out");
    }
    var batch = new Limits.Size("batch", sizes.batch);
    var time = new Limits.Size("time", sizes.steps);
    var embed = new Limits.Size("embed", sizes.embed);
    var hidden = new Limits.Size("hidden", sizes.hidden);
    var classes = new Limits.Size("classes", sizes.classes);
    var gates = new Limits.Size("gates", cell.gates);
    var directions = new Limits.Size("directions", bidirectional ? 2 : 1);
    Limits.fits(new Limits.Size("vocab", sizes.vocabulary), embed);
    Limits.fits(batch, time, embed);
    Limits.fits(batch, time, gates, hidden);
    Limits.fits(batch, time, directions, hidden);
    Limits.fits(gates, hidden, embed);
    Limits.fits(gates, hidden, hidden);
    Limits.fits(classes, directions, hidden);
    if (everyStep) {
      Limits.fits(batch, time, classes);
    } else {
      Limits.fits(batch, classes);
    }
  }

  /// A layer that reads forward in one call, with scores after the last step.
  public static Workload of(Cell cell, Sizes sizes) {
    return new Workload(cell, sizes, false, false, false);
  }

  /// The same, reading both ways.
  public Workload bothWays() {
    return new Workload(cell, sizes, true, everyStep, stepByStep);
  }

  /// The same, with scores at every step.
  public Workload atEveryStep() {
    return new Workload(cell, sizes, bidirectional, true, stepByStep);
  }

  /// The same, with the cell called once a step.
  public Workload withOwnLoop() {
    return new Workload(cell, sizes, bidirectional, everyStep, true);
  }

  /// The width of what the recurrent layer shows.
  int width() {
    return (bidirectional ? 2 : 1) * sizes.hidden;
  }

  /// How many scores there are: B, or B·T.
  int scored() {
    return sizes.batch * (everyStep ? sizes.steps : 1);
  }

  /// The floating-point operations of the matrix products of one pass forward, each product written
  /// out in full: two for every multiply-add of `W_ih·x`, `W_hh·h` and the output layer. A training
  /// step needs three times as many.
  public double forwardOperations() {
    double places = (double) sizes.batch * sizes.steps;
    double gates = (double) cell.gates * width();
    double recurrent = places * gates * (sizes.embed + sizes.hidden);
    return 2 * (recurrent + (double) scored() * width() * sizes.classes);
  }

  /// Ids (B·T) that are drawn evenly.
  int[] ids(Random random) {
    return random.ints((long) sizes.batch * sizes.steps, 0, sizes.vocabulary).toArray();
  }

  /// The right classes, drawn evenly.
  int[] targets(Random random) {
    return random.ints(scored(), 0, sizes.classes).toArray();
  }
}
