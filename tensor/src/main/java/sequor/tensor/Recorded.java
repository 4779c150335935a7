package sequor.tensor;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An op on a tape, its result, and the versions of what its backward will read.
final class Recorded {
  private final Op op;
  private final List<Tensor> inputs;
  private final Tensor y;
  private final List<Tensor> saved;
  private final int[] versions; // of what is saved, when the op ran
  private final boolean readsCut;

  /// @param readsCut whether an input's numbers had been replaced while the tape was recording
  Recorded(Op op, List<Tensor> inputs, Tensor y, boolean readsCut) {
    this.op = op;
    this.inputs = inputs;
    this.y = y;
    this.readsCut = readsCut;
    saved = op.saved(y);
    versions = new int[saved.size()];
    for (int i = 0; i < versions.length; i++) {
      versions[i] = saved.get(i).storage().version();
    }
  }

  Op op() {
    return op;
  }

  /// Passes the gradient of the result on to the inputs, if one has arrived and one is required.
  void backward(Memory memory) {
    if (op.hasGradient(y) && Tape.tracksAny(inputs)) {
      op.backward(y);
      y.releaseGradient(memory);
    }
  }

  /// Refuses backward from `y` where it would need numbers that have changed since.
  static void checkUnchanged(List<Recorded> tape, Tensor y) {
    for (var each : tape) {
      if (each.readsCut || each.changed() != null) {
        checkOnPath(tape, y);
        return;
      }
    }
  }

  /// The same, looking only at what `y` depends on.
  private static void checkOnPath(List<Recorded> tape, Tensor y) {
    var path = Collections.newSetFromMap(new IdentityHashMap<Tensor, Boolean>());
    path.add(y);
    for (var each : tape.reversed()) {
      if (path.contains(each.y)) {
        if (each.readsCut) {
          throw cut("an input of " + each.name(), each.y);
        }
        var changed = each.changed();
        if (changed != null) {
          throw each.refusal(changed);
        }
        path.addAll(each.inputs);
      }
    }
  }

  /// A saved tensor that was changed in place, if one was.
  private @Nullable Tensor changed() {
    for (int i = 0; i < versions.length; i++) {
      if (saved.get(i).storage().version() != versions[i]) {
        return saved.get(i);
      }
    }
    return null;
  }

  /// Refuses a gradient that got lost where numbers were replaced.
  static TapeException cut(String role, Tensor near) {
    return Check.state(
        "backward: %s, near a %s, was overwritten by assign while the tape was recording, and no"
            + " gradient flows through that — compute a new tensor instead, or assign in Tape.noGrad"
            + " to cut the gradient on purpose",
        role, near.shape());
  }

  private TapeException refusal(Tensor changed) {
    int place = 0;
    while (place < inputs.size() && inputs.get(place) != changed) {
      place++;
    }
    String role = changed == y ? "the result" : "input %d".formatted(place + 1);
    return Check.state(
        "backward: %s of %s, a %s, was changed in place by %s after %s had run, and its gradient"
            + " needs the old numbers — change it after backward, or compute with a copy()",
        role, name(), changed.shape(), changed.storage().changedBy(), name());
  }

  private String name() {
    return op instanceof Pointwise.Map(var f, var _)
        ? f.name().toLowerCase(Locale.ROOT)
        : op.getClass().getSimpleName();
  }
}
