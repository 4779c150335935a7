package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.Optional;
import sequor.kernels.Floats;
import sequor.kernels.Ints;

/// What was looked up in a table, and the gradient of what was found: `dtable[ids[i]] += dy[i]`, or
/// `+= dy[bags[i]]` where rows were summed, in the order of `i`.
///
/// @param ids which rows were looked up (n)
/// @param bags which sum each of them went into (n), if they were summed
/// @param dy the gradient of what was found, a row an id or a row a bag
/// @param skip the row that has no gradient, or −1
record LookedUp(Ids ids, Optional<Ids> bags, Floats dy, int skip) {
  static LookedUp single(Ids ids, Floats dy, int skip) {
    return new LookedUp(ids, Optional.empty(), dy, skip);
  }

  static LookedUp summed(Ids ids, Ids bags, Floats dy) {
    return new LookedUp(ids, Optional.of(bags), dy, -1);
  }

  /// Adds the gradient to that of the whole table.
  void addTo(Floats dense, int width) {
    addTo(ids.ints(), skip, dense, width);
  }

  /// Adds the gradient of each id to the row of `target` that `places` names for it.
  ///
  /// @param passedOver the place of those that have no gradient
  void addTo(Ints places, int passedOver, Floats target, int width) {
    int count = ids.shape().size();
    bags.ifPresentOrElse(
        from -> KERNELS.copies().addRows(dy, from.ints(), target, places, count, width),
        () -> KERNELS.copies().scatterAdd(dy, places, target, count, width, passedOver));
  }
}
