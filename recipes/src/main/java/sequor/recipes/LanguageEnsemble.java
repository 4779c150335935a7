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

/// Language models of one kind that learn from different initial values and with different dropout;
/// what comes next is the mean of what they say.
///
/// @param members one or more
record LanguageEnsemble(List<LanguageModel<?>> members) implements Module {
  LanguageEnsemble {
    members = List.copyOf(members);
  }

  static LanguageEnsemble of(int members, LanguageModel.Config config, Seed seed) {
    return new LanguageEnsemble(
        IntStream.range(0, members)
            .<LanguageModel<?>>mapToObj(i -> LanguageModel.of(config, seed.child(i).generator()))
            .toList());
  }

  /// The mean of the members' losses. The gradients are clipped together. // scores (B,T,V) → ()
  Tensor loss(Ids ids, Ids labels, Spans spans, Function<Tensor, Tensor> loss) {
    return mean(member -> loss.apply(member.scores(ids, labels, spans)));
  }

  /// The logarithm of the probability of each next token. // (B,T,V)
  Tensor logProbabilities(Ids ids, Ids labels, Spans spans) {
    return members.size() == 1
        ? members.getFirst().scores(ids, labels, spans).logSoftmax()
        : mean(member -> member.scores(ids, labels, spans).softmax()).log();
  }

  private Tensor mean(Function<LanguageModel<?>, Tensor> each) {
    var sum = each.apply(members.getFirst());
    for (var member : members.subList(1, members.size())) {
      sum = sum.plus(each.apply(member));
    }
    return members.size() == 1 ? sum : sum.dividedBy(members.size());
  }

  /// Reads one text step by step; see [LanguageModel#reader].
  ///
  /// @param label what the text is conditioned on
  Function<int[], float[]> reader(int label) {
    var readers = members.stream().map(member -> member.reader(label)).toList();
    return ids -> {
      var sum = readers.getFirst().apply(ids);
      for (var reader : readers.subList(1, readers.size())) {
        sum = sum.plus(reader.apply(ids));
      }
      return sum.dividedBy(readers.size()).log().toArray(); // (V)
    };
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
