package sequor.recipes;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import sequor.nn.Module;
import sequor.nn.Parts;
import sequor.tensor.Ids;
import sequor.tensor.Seed;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// Classifiers of one kind that start from different initial values and learn with different
/// dropout, side by side on the same batches, and answer together: the mean of their probabilities
/// is better than any one of them (Hansen and Salamon 1990).
///
/// @param members one or more
record Ensemble(List<TextClassifier> members) implements Module {
  Ensemble {
    members = List.copyOf(members);
  }

  static Ensemble of(int members, TextClassifier.Config config, Seed seed) {
    return new Ensemble(
        IntStream.range(0, members)
            .mapToObj(i -> new TextClassifier(config, seed.child(i).generator()))
            .toList());
  }

  /// The mean of the members' losses. The gradients are clipped together. // scores (B,C) → ()
  Tensor loss(Ids ids, Spans spans, Function<Tensor, Tensor> loss) {
    return mean(member -> loss.apply(member.forward(ids, spans)));
  }

  /// The mean of the members' probabilities. // (B,C)
  Tensor probabilities(Ids ids, Spans spans) {
    return mean(member -> member.forward(ids, spans).softmax());
  }

  private Tensor mean(Function<TextClassifier, Tensor> each) {
    var sum = each.apply(members.getFirst());
    for (var member : members.subList(1, members.size())) {
      sum = sum.plus(each.apply(member));
    }
    return members.size() == 1 ? sum : sum.dividedBy(members.size());
  }

  /// Members are all alike, so one is shown.
  @Override
  public String summary() {
    String one = members.getFirst().summary();
    return members.size() == 1 ? one : "%d members, each\n%s".formatted(members.size(), one);
  }

  /// A single member's parts are the ensemble's own.
  @Override
  public Parts parts() {
    if (members.size() == 1) {
      return members.getFirst().parts();
    }
    var parts = Parts.none();
    for (int i = 0; i < members.size(); i++) {
      parts.and("member_" + i, members.get(i));
    }
    return parts;
  }
}
