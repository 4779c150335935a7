package sequor.testkit;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import sequor.tensor.LinearRecurrence;
import sequor.tensor.LinearRecurrence.Modes;
import sequor.tensor.LinearRecurrence.Output;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// The linear recurrences: every padding, in both directions.
final class ScanCases {
  private static final int BATCH = RecurrentCases.BATCH;
  private static final int STEPS = RecurrentCases.STEPS;
  private static final int HIDDEN = 3;
  private static final int COUNT = 2;

  private ScanCases() {}

  static Stream<OpCase> all() {
    return RecurrentCases.spans().entrySet().stream()
        .flatMap(
            named ->
                Stream.of(false, true)
                    .flatMap(
                        reverse -> Stream.of(linear(named, reverse), diagonal(named, reverse))));
  }

  private static OpCase linear(Map.Entry<String, Spans> spans, boolean reverse) {
    var random = new Generators(61);
    var a = random.tensorBetween(-1, 1, BATCH, STEPS, HIDDEN);
    var b = random.tensor(BATCH, STEPS, HIDDEN);
    var initial = random.tensor(BATCH, HIDDEN);
    return OpCase.of(
            name("linear", spans, reverse),
            () -> joined(LinearRecurrence.run(a, b, initial, spans.getValue(), reverse)))
        .with("a", a)
        .with("b", b)
        .with("h0", initial);
  }

  private static OpCase diagonal(Map.Entry<String, Spans> spans, boolean reverse) {
    var random = new Generators(62);
    var u = random.tensor(BATCH, STEPS, HIDDEN);
    var poles = random.tensorBetween(-0.7f, 0.7f, 2, COUNT, HIDDEN);
    var weights = random.tensor(2, COUNT, HIDDEN);
    var initial = random.tensor(BATCH, 2 * COUNT * HIDDEN);
    return OpCase.of(
            name("diagonal", spans, reverse),
            () ->
                joined(
                    LinearRecurrence.diagonal(
                        u, new Modes(poles, weights), initial, spans.getValue(), reverse)))
        .with("u", u)
        .with("poles", poles)
        .with("weights", weights)
        .with("s0", initial);
  }

  private static String name(String op, Map.Entry<String, Spans> spans, boolean reverse) {
    return op + " recurrence " + spans.getKey() + (reverse ? " reversed" : "");
  }

  private static Tensor joined(Output output) {
    return Tensor.concat(0, List.of(output.hidden().reshape(-1), output.last().reshape(-1)));
  }
}
