package sequor.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;

/// An op on a tape, its result, and the versions of what its backward will read.
///
/// @param saved what [Op#saved] named …
/// @param versions … and the version of each when the op ran
record Recorded(Op op, Tensor y, List<Tensor> saved, int[] versions) {
  static Recorded of(Op op, Tensor y) {
    var saved = op.saved(y);
    int[] versions = new int[saved.size()];
    for (int i = 0; i < versions.length; i++) {
      versions[i] = saved.get(i).storage().version();
    }
    return new Recorded(op, y, saved, versions);
  }

  /// Refuses backward from `y` where it would need numbers that have changed since.
  static void checkUnchanged(List<Recorded> tape, Tensor y) {
    for (var each : tape) {
      if (each.changed() >= 0) {
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
        int changed = each.changed();
        if (changed >= 0) {
          throw each.refusal(each.saved.get(changed));
        }
        path.addAll(each.op.inputs());
      }
    }
  }

  /// Which of the saved tensors was changed in place, or −1.
  private int changed() {
    for (int i = 0; i < versions.length; i++) {
      if (saved.get(i).storage().version() != versions[i]) {
        return i;
      }
    }
    return -1;
  }

  private TapeException refusal(Tensor changed) {
    var inputs = new ArrayList<>(op.inputs());
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
