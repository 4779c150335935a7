package sequor.testkit.fuzz;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Whose numbers the derivative of an op needs again in backward, so that the tape must refuse to
/// go back once they were changed in place. Inputs count from 0; the results are [#RESULT].
///
/// @param must whether these changes make the derivative wrong
/// @param may which changes an op may refuse: it may work its derivative out from its input or from
///   its result, and need not look whether a partner takes a gradient
record Needs(Must must, Set<Integer> may) {
  static final int RESULT = -1;
  static final int TABLE = -2; // the table that the first input was looked up in
  static final Needs NOTHING = new Needs((changed, tracked) -> false, Set.of());

  /// Whether the derivative is wrong.
  interface Must {
    boolean refuse(Set<Integer> changed, List<Boolean> tracked);
  }

  /// All of these.
  static Needs all(Integer... of) {
    var needed = Set.of(of);
    return new Needs((changed, _) -> changed.stream().anyMatch(needed::contains), needed);
  }

  /// Any one of these: which, is the op's own business.
  static Needs either(Integer... of) {
    var needed = Set.of(of);
    return new Needs((changed, _) -> changed.containsAll(needed), needed);
  }

  /// Of two factors each for the gradient of the other.
  static Needs partners() {
    return new Needs(
        (changed, tracked) ->
            (changed.contains(0) && tracked.get(1)) || (changed.contains(1) && tracked.get(0)),
        Set.of(0, 1));
  }

  /// None that can be told: what is needed and not refused shows as a wrong gradient.
  static Needs maybe(Integer... of) {
    return NOTHING.orMaybe(of);
  }

  /// Refusing a change of one of these would do no harm.
  Needs orMaybe(Integer... more) {
    var all = new HashSet<>(may);
    all.addAll(Arrays.asList(more));
    return new Needs(must, all);
  }
}
