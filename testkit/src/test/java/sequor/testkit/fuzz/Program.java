package sequor.testkit.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import sequor.testkit.fuzz.Step.Phase;

/// Steps before a tape opens, on it, and after the one walk back, from `loss` with a gradient
/// given.
///
/// @param coin what the tape's generator always gives, so that every dropout is known beforehand
record Program(long seed, String kind, List<Step> steps, int loss, Source gradient, long coin) {

  int variables() {
    return steps.stream().mapToInt(step -> step.out() + step.makes()).max().orElse(0);
  }

  Program with(List<Step> others) {
    return new Program(seed, kind, List.copyOf(others), loss, gradient, coin);
  }

  Program with(int otherLoss, Source otherGradient) {
    return new Program(seed, kind, steps, otherLoss, otherGradient, coin);
  }

  List<String> ops() {
    return steps.stream()
        .filter(Step.Compute.class::isInstance)
        .map(step -> ((Step.Compute) step).call().op())
        .toList();
  }

  /// As the body of a Java method.
  String java() {
    var lines = new ArrayList<String>();
    for (var step : steps) {
      if (step.phase() == Phase.BEFORE) {
        line(step, lines, "");
      }
    }
    lines.add("try (var tape = Tape.open(() -> %dL)) {".formatted(coin));
    for (var step : steps) {
      if (step.phase() == Phase.ON_TAPE || step.phase() == Phase.NO_GRAD) {
        line(step, lines, "  ");
      }
    }
    lines.add("  tape.backward(t%d, %s);".formatted(loss, gradient.java()));
    for (var step : steps) {
      if (step.phase() == Phase.AFTER_BACKWARD) {
        line(step, lines, "  ");
      }
    }
    lines.add("}");
    return String.join(System.lineSeparator(), lines);
  }

  private static void line(Step step, List<String> lines, String indent) {
    var text =
        switch (step) {
          case Step.Leaf(_, int out, Source source, boolean requiresGrad) ->
              "var t%d = %s%s;"
                  .formatted(out, source.java(), requiresGrad ? ".requiresGrad(true)" : "");
          case Step.Cut(_, int out, int x, boolean sharing) ->
              "var t%d = t%d.%s();".formatted(out, x, sharing ? "detach" : "copy");
          case Step.Flag(_, int x, Step.Property property) ->
              "t%d.%s;".formatted(x, property.java());
          case Step.Write(_, int x, int axis, int at, int from) ->
              "InPlace.write(t%d, %d, %d, t%d);".formatted(x, axis, at, from);
          case Step.Assign(_, int x, Source source, int from) ->
              "t%d.assign(%s);".formatted(x, from < 0 ? source.java() : "t" + from);
          case Step.Compute compute -> compute(compute, lines, indent);
        };
    if (!text.isEmpty()) {
      lines.add(indent + text + " // " + step.phase().name().toLowerCase(Locale.ROOT));
    }
  }

  private static String compute(Step.Compute step, List<String> lines, String indent) {
    var call = step.call();
    var names = call.inputs().stream().map(i -> (Object) ("t" + i)).toArray();
    var text = call.java().formatted(names);
    if (step.phase() == Phase.NO_GRAD) {
      text = "Tape.noGrad(() -> %s)".formatted(text);
    }
    int out = step.out();
    if (call.results().size() == 1) {
      return "var t%d = %s;".formatted(out, call.results().getFirst().formatted(text));
    }
    lines.add("%svar r%d = %s;".formatted(indent, out, text));
    IntStream.range(0, call.results().size())
        .forEach(
            i ->
                lines.add(
                    "%svar t%d = %s;"
                        .formatted(indent, out + i, call.results().get(i).formatted("r" + out))));
    return "";
  }
}
