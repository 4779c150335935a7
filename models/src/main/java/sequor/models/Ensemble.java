package sequor.models;

import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sequor.Seed;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.tensor.Tensor;

/// Models of one kind that start from different initial values and learn with different dropout,
/// side by side on the same batches, and answer together: the mean of what they say is better than
/// any one of them (Hansen and Salamon 1990). Their gradients are clipped together.
///
/// @param <M> the kind
/// @param all one or more
public record Ensemble<M extends NnModule>(List<M> all) implements NnModule {
  public Ensemble {
    all = List.copyOf(all);
  }

  /// @param make makes a member with initial values from a generator of its own
  public static <M extends NnModule> Ensemble<M> of(
      int count, Seed seed, Function<RandomGenerator, ? extends M> make) {
    return new Ensemble<>(
        IntStream.range(0, count).<M>mapToObj(i -> make.apply(seed.child(i).generator())).toList());
  }

  /// How many there are.
  public int count() {
    return all.size();
  }

  /// The mean of one tensor from each.
  public Tensor mean(Function<? super M, Tensor> each) {
    return mean(all.stream().map(each).toList());
  }

  /// The mean of tensors of one shape.
  public static Tensor mean(List<Tensor> tensors) {
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
