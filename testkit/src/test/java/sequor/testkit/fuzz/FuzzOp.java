package sequor.testkit.fuzz;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// An op that programs are made of: its name, and how a call of it is drawn.
///
/// @param draw a call, or nothing where what is there does not fit
record FuzzOp(String name, Function<Draw, Optional<Call>> draw) {

  /// Every op there is.
  static List<FuzzOp> all() {
    return Stream.of(
            PointwiseOps.all(),
            LayoutOps.all(),
            LookupOps.all(),
            ReduceOps.all(),
            RowOps.all(),
            ProductOps.all(),
            ConvolutionOps.all(),
            AttentionOps.all(),
            RecurrentOps.all(),
            ScanOps.all(),
            ChainOps.all())
        .flatMap(List::stream)
        .toList();
  }

  static FuzzOp always(String name, Function<Draw, Call> draw) {
    return new FuzzOp(name, draw.andThen(Optional::of));
  }
}
