package sequor.testkit;

import java.util.Map;
import java.util.stream.Stream;
import sequor.tensor.Ids;
import sequor.tensor.LinearChain;
import sequor.tensor.LinearChain.Scores;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// Linear chains: every padding, with and without tags.
final class ChainCases {
  private static final int TAGS = 3;

  private ChainCases() {}

  static Stream<OpCase> all() {
    return RecurrentCases.spans().entrySet().stream()
        .flatMap(named -> Stream.of(false, true).map(tagged -> loss(named, tagged)));
  }

  private static OpCase loss(Map.Entry<String, Spans> spans, boolean tagged) {
    var random = new Generators(63);
    var emissions = random.tensor(RecurrentCases.BATCH, RecurrentCases.STEPS, TAGS);
    var tags = random.ids(TAGS, RecurrentCases.BATCH, RecurrentCases.STEPS);
    var scores = new Scores(random.tensor(TAGS, TAGS), random.tensor(TAGS), random.tensor(TAGS));
    return OpCase.of(
            "chain %s%s".formatted(spans.getKey(), tagged ? " with tags" : ""),
            () -> loss(emissions, scores, spans.getValue(), tagged, tags))
        .with("x", emissions)
        .with("transitions", scores.transitions())
        .with("start", scores.start())
        .with("end", scores.end());
  }

  private static Tensor loss(
      Tensor emissions, Scores scores, Spans spans, boolean tagged, Ids tags) {
    return tagged
        ? LinearChain.negativeLogLikelihood(emissions, tags, scores, spans)
        : LinearChain.logPartition(emissions, scores, spans);
  }
}
