package sequor.recipes;

import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.tensor.Seed;
import sequor.tensor.Tensor;

/// Models of one kind that start from different initial values and learn with different dropout,
/// side by side on the same batches, and answer together: the mean of what they say is better than
/// any one of them (Hansen and Salamon 1990). Their gradients are clipped together.
///
/// @param <M> the kind
/// @param all one or more
record Members<M extends NnModule>(List<M> all) implements NnModule {
  Members {
    all = List.copyOf(all);
  }

  /// @param make makes a member with initial values from a generator of its own
  static <M extends NnModule> Members<M> of(
      int count, Seed seed, Function<RandomGenerator, ? extends M> make) {
    return new Members<>(
        IntStream.range(0, count).<M>mapToObj(i -> make.apply(seed.child(i).generator())).toList());
  }

  int count() {
    return all.size();
  }

  /// The mean of one tensor from each.
  Tensor mean(Function<? super M, Tensor> each) {
    return mean(all.stream().map(each).toList());
  }

  static Tensor mean(List<Tensor> tensors) {
    var sum = tensors.getFirst();
    for (var tensor : tensors.subList(1, tensors.size())) {
      sum = sum.plus(tensor);
    }
    return tensors.size() == 1 ? sum : sum.dividedBy(tensors.size());
  }

  /// Members are all alike, so one is shown.
  @Override
  public String summary() {
    String one = all.getFirst().summary();
    return all.size() == 1 ? one : "%d members, each\n%s".formatted(all.size(), one);
  }

  /// A single member's parts stand for all.
  @Override
  public Parts parts() {
    if (all.size() == 1) {
      return all.getFirst().parts();
    }
    var parts = Parts.none();
    for (int i = 0; i < all.size(); i++) {
      parts.and("member_" + i, all.get(i));
    }
    return parts;
  }
}
