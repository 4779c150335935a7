package sequor.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import org.junit.jupiter.api.Test;
import sequor.testkit.fuzz.Model.Nudge;
import sequor.testkit.fuzz.ProgramGenerator.Limits;
import sequor.testkit.fuzz.ProgramGenerator.Theme;
import sequor.testkit.fuzz.Step.Phase;

/// The reference itself: its derivatives are the slopes of its own values.
class ReferenceTest {
  private static final double STEP = 1e-6;

  private final Trace trace = new Trace();

  @Test
  void theChainRuleAgreesWithCentralDifferences() {
    var generator = new ProgramGenerator(trace);
    int checked = 0;
    for (long seed = 0; seed < 300; seed++) {
      var theme = seed % 3 == 0 ? Theme.RECURRENT : Theme.MIXED;
      var program = generator.draw(seed, theme, new Limits(5, 4, 24, Set.of()));
      checked += flowsEverywhere(program) ? check(program) : 0;
    }

    assertThat(checked).isGreaterThan(500);
  }

  /// Whether the value depends on each leaf in no other way than the gradient says.
  private static boolean flowsEverywhere(Program program) {
    return program.steps().stream()
            .allMatch(
                step ->
                    step instanceof Step.Leaf
                        || (step instanceof Step.Compute && step.phase() == Phase.ON_TAPE))
        && !program.ops().contains("embedding with padding");
  }

  /// Checks every number of every leaf; gives how many there were.
  private int check(Program program) {
    var model = new Model(trace);
    model.run(program);
    if (trace.tied()) {
      return 0;
    }
    int checked = 0;
    for (int leaf : model.variables().stream().filter(model::requires).toList()) {
      double[] gradient = new double[0];
      if (model.hasGrad(leaf)) {
        model = new Model(trace);
        model.run(program);
        gradient = model.gradient(leaf);
      }
      for (int place = 0; place < gradient.length; place++) {
        double up = loss(program, new Nudge(leaf, place, STEP));
        double down = loss(program, new Nudge(leaf, place, -STEP));
        assertThat((up - down) / (2 * STEP))
            .as("t%d[%d] of%n%s", leaf, place, program.java())
            .isCloseTo(gradient[place], within(1e-4 * (1 + Math.abs(gradient[place]))));
        checked++;
      }
    }
    return checked;
  }

  private double loss(Program program, Nudge nudge) {
    var model = new Model(trace, nudge);
    model.run(program);
    double[] values = model.made(program.loss());
    float[] weights = program.gradient().tensor().toArray();
    double loss = 0;
    for (int i = 0; i < weights.length; i++) {
      loss += weights[i] * values[i];
    }
    return loss;
  }
}
