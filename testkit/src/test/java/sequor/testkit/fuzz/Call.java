package sequor.testkit.fuzz;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import sequor.tensor.Tensor;

/// One op with its settings, in three ways: what the engine computes, what a reader would write
/// down in plain loops, and the Java to print when the two do not agree.
///
/// @param op the name it is counted under
/// @param inputs the variables it reads
/// @param run how the engine computes it
/// @param twin how the engine computes it from smaller ops; the same as `run` where it cannot
/// @param plain how it is written down in plain loops
/// @param java the call; `%s` stands for the inputs, in order
/// @param results what to call on it to get each result; one `%s` where there is only one
/// @param needs what its derivative reads
/// @param passive the inputs through which no gradient flows
/// @param view whether the result shares the memory of the first input
record Call(
    String op,
    List<Integer> inputs,
    Function<List<Tensor>, List<Tensor>> run,
    Function<List<Tensor>, List<Tensor>> twin,
    BiFunction<Trace, List<Ref>, List<Ref>> plain,
    String java,
    List<String> results,
    Needs needs,
    Set<Integer> passive,
    boolean view) {

  /// An op of one result; its derivative needs all inputs and its result until it says otherwise.
  static Call of(
      String op,
      String java,
      List<Integer> inputs,
      Function<List<Tensor>, Tensor> run,
      BiFunction<Trace, List<Ref>, Ref> plain) {
    return ofMany(op, java, inputs, List.of("%s"), run.andThen(List::of), plain.andThen(List::of));
  }

  /// An op of several results.
  static Call ofMany(
      String op,
      String java,
      List<Integer> inputs,
      List<String> results,
      Function<List<Tensor>, List<Tensor>> run,
      BiFunction<Trace, List<Ref>, List<Ref>> plain) {
    return new Call(op, inputs, run, run, plain, java, results, Needs.NOTHING, Set.of(), false);
  }

  Call needing(Needs needed) {
    return new Call(op, inputs, run, twin, plain, java, results, needed, passive, view);
  }

  Call passive(int... which) {
    var all = new HashSet<Integer>();
    for (int each : which) {
      all.add(each);
    }
    return new Call(op, inputs, run, twin, plain, java, results, needs, all, view);
  }

  Call viewing() {
    return new Call(op, inputs, run, twin, plain, java, results, needs, passive, true);
  }

  Call twin(Function<List<Tensor>, List<Tensor>> composed) {
    return new Call(op, inputs, run, composed, plain, java, results, needs, passive, view);
  }

  /// The same call on other inputs of the same shapes.
  Call on(List<Integer> others) {
    return new Call(op, others, run, twin, plain, java, results, needs, passive, view);
  }
}
