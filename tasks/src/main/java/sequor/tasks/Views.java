package sequor.tasks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sequor.nn.Inspection;
import sequor.tasks.HeatMap.Axis;
import sequor.tasks.HeatMap.Scale;
import sequor.tensor.Tensor;

/// Views of what layers told while one text was read.
///
/// Letters: T and S tokens, H units, N heads.
public final class Views {
  private static final int MOST_UNITS = 32;
  private static final String MEAN = "mean";

  /// What weights of attention are.
  public static final Scale SHARE = new Scale("share of the attention, from 0 to 1", 0, 1);

  private Views() {}

  /// What a network made of each token.
  ///
  /// @param hidden (1,T,H)
  public static View hidden(Axis tokens, Tensor hidden) {
    return View.of(
        "hidden",
        "what the encoder makes of each token, unit by unit",
        () -> units("hidden units", tokens, hidden, Optional.empty()));
  }

  /// Some tokens by the units that vary most from one to another, in the order of their numbers.
  ///
  /// @param values (1,T,H)
  /// @param scale what they are; none if nobody knows how far they may go
  private static HeatMap units(String what, Axis tokens, Tensor values, Optional<Scale> scale) {
    int count = values.dim(2);
    int steps = tokens.labels().size();
    var shown =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer u) -> -variance(values, u, steps)))
            .limit(MOST_UNITS)
            .sorted()
            .toList();
    var rows = new ArrayList<List<Float>>();
    for (int t = 0; t < steps; t++) {
      int step = t;
      rows.add(shown.stream().map(u -> values.get(0, step, u)).toList());
    }
    String title =
        count > MOST_UNITS
            ? "%s: the %d of %d that vary most".formatted(what, MOST_UNITS, count)
            : what;
    var labels = shown.stream().map(u -> Integer.toString(u + 1)).toList();
    return new HeatMap(
        title,
        tokens,
        new Axis("unit", labels),
        rows,
        scale.orElseGet(() -> Scale.signed("value of a unit", rows)));
  }

  private static double variance(Tensor values, int unit, int steps) {
    double sum = 0;
    double squares = 0;
    for (int t = 0; t < steps; t++) {
      double value = values.get(0, t, unit);
      sum += value;
      squares += value * value;
    }
    return steps == 0 ? 0 : squares / steps - sum / steps * (sum / steps);
  }

  /// What the gates of recurrent layers did.
  ///
  /// @param name of the view
  /// @param told bottom to top, of a layer forward and then backward
  public static View gates(String name, Axis tokens, List<Inspection.Gates> told) {
    var panels = new ArrayList<View.Panel>();
    boolean both = told.stream().anyMatch(Inspection.Gates::reverse);
    int layer = 0;
    for (var each : told) {
      layer += each.reverse() ? 0 : 1;
      String where =
          "layer %d%s".formatted(layer, both ? each.reverse() ? ", backward" : ", forward" : "");
      panels.add(new View.Panel(layer, MEAN, () -> means(where, tokens, each)));
      for (var gate : each.all()) {
        panels.add(
            new View.Panel(
                layer,
                gate.name(),
                () ->
                    units(
                        "%s, %s".formatted(gate.name(), where),
                        tokens,
                        gate.values(),
                        Optional.of(scale("value of a unit", gate.least())))));
      }
    }
    return new View(
        name,
        "what the gates of recurrent layers let through at each token; of one gate, unit by unit",
        View.Parts.GATES,
        panels);
  }

  private static Scale scale(String what, int least) {
    return new Scale("%s, from %s to 1".formatted(what, least == 0 ? "0" : "−1"), least, 1);
  }

  /// The mean over the units of each gate.
  private static HeatMap means(String where, Axis tokens, Inspection.Gates gates) {
    var rows = new ArrayList<List<Float>>();
    int least = 0;
    for (var gate : gates.all()) {
      least = Math.min(least, gate.least());
      float[] means = gate.values().mean(2).toArray(); // (1,T)
      rows.add(IntStream.range(0, tokens.labels().size()).mapToObj(t -> means[t]).toList());
    }
    var names = gates.all().stream().map(Inspection.Gate::name).toList();
    return new HeatMap(
        "gates, " + where,
        new Axis("gate", names),
        tokens,
        rows,
        scale("mean over the units", least));
  }

  /// How steps looked at steps.
  ///
  /// @param name of the view
  /// @param told bottom to top, all alike
  public static View attention(
      String name, Axis asking, Axis seen, List<Inspection.Attention> told) {
    var panels = new ArrayList<View.Panel>();
    for (int l = 0; l < told.size(); l++) {
      var weights = told.get(l).weights(); // (1,N,T,S)
      int layer = l + 1;
      int heads = weights.dim(1);
      panels.add(
          new View.Panel(
              layer,
              MEAN,
              () ->
                  shares(
                      heads == 1
                          ? "%s, layer %d".formatted(name, layer)
                          : "%s, layer %d, mean of %d heads".formatted(name, layer, heads),
                      asking,
                      seen,
                      weights.mean(1)))); // (1,T,S)
      for (int h = 0; h < heads; h++) {
        int head = h;
        panels.add(
            new View.Panel(
                layer,
                Integer.toString(h + 1),
                () ->
                    shares(
                        "%s, layer %d, head %d".formatted(name, layer, head + 1),
                        asking,
                        seen,
                        weights.slice(1, head, head + 1))));
      }
    }
    return new View(
        name,
        "how much each %s takes from each %s".formatted(asking.name(), seen.name()),
        View.Parts.HEADS,
        panels);
  }

  /// @param weights T·S of them
  private static HeatMap shares(String title, Axis asking, Axis seen, Tensor weights) {
    int rows = asking.labels().size();
    int columns = seen.labels().size();
    return new HeatMap(title, asking, seen, Saliency.rows(weights.toArray(), rows, columns), SHARE);
  }

  /// How attention pools the steps of a text.
  ///
  /// @param told its weights // (1,1,1,T)
  static View pooling(Axis tokens, Inspection.Attention told) {
    return View.of(
        "pooling",
        "how much of the pooled vector is each token's",
        () ->
            shares(
                "attention that pools the text",
                new Axis("", List.of("pooled")),
                tokens,
                told.weights()));
  }

  /// Adds what layers that looked at their own sequence told, and those with gates.
  ///
  /// @param before of the views' names, such as `decoder-`; empty of an encoder
  public static List<View> of(String before, Axis tokens, Inspection inspection) {
    var views = new ArrayList<View>();
    var self = looking(inspection, Inspection.Looking.SELF);
    if (!self.isEmpty()) {
      views.add(attention(before + "attention", tokens, tokens, self));
    }
    looking(inspection, Inspection.Looking.POOLING)
        .forEach(told -> views.add(pooling(tokens, told)));
    if (!inspection.gates().isEmpty()) {
      views.add(gates(before + "gates", tokens, inspection.gates()));
    }
    return views;
  }

  /// What layers told that looked so.
  public static List<Inspection.Attention> looking(
      Inspection inspection, Inspection.Looking looking) {
    return inspection.attentions().stream().filter(told -> told.looking() == looking).toList();
  }
}
