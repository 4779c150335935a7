package sequor.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import sequor.tensor.Shape;
import sequor.tensor.Tensor;

/// A table of layers with what each gives, filled while a batch passes through them.
///
/// ```java
/// var table = new LayerTable();
/// var x = table.add("embedding", embedding, embedding.forward(ids)); // (B,T,D)
/// var h = table.add("rnn", rnn, rnn.last(x, spans).h()); // (B,H)
/// IO.print(table);
/// ```
///
/// [NnModule#summary] needs no batch, and knows no output shapes.
public final class LayerTable {
  private record Row(String name, NnModule layer, Shape output) {}

  private final List<Row> rows = new ArrayList<>();

  /// No layers yet.
  public LayerTable() {}

  /// Adds a layer with what it made of its input, and returns that.
  public Tensor add(String name, NnModule layer, Tensor output) {
    rows.add(new Row(name, layer, output.shape()));
    return output;
  }

  /// How many numbers the parameters are; what is shared by several layers counts once.
  public long parameterCount() {
    return count(parameters());
  }

  /// How many of them are trainable: not frozen.
  public long trainableParameterCount() {
    return count(parameters().stream().filter(Tensor::requiresGrad).toList());
  }

  private Set<Tensor> parameters() {
    Set<Tensor> all = Collections.newSetFromMap(new IdentityHashMap<>());
    rows.forEach(row -> all.addAll(row.layer.parameters().values()));
    return all;
  }

  private static long count(Iterable<Tensor> parameters) {
    long sum = 0;
    for (var parameter : parameters) {
      sum += parameter.shape().size();
    }
    return sum;
  }

  /// One line a layer, and the totals.
  @Override
  public String toString() {
    var table = new StringBuilder(line("layer", "output shape", "parameters", ""));
    for (var row : rows) {
      String kind = row.name + ": " + Summary.kind(row.layer);
      long count = row.layer.parameterCount();
      table.append(line(kind, row.output.toString(), grouped(count), state(row.layer)));
    }
    long all = parameterCount();
    long trainable = trainableParameterCount();
    return table
        .append(line("total", "", grouped(all), ""))
        .append(line("trainable", "", grouped(trainable), ""))
        .append(line("frozen", "", grouped(all - trainable), ""))
        .toString();
  }

  private static String state(NnModule layer) {
    long count = layer.parameterCount();
    long trainable = layer.trainableParameterCount();
    if (count == 0) {
      return "";
    }
    return trainable == count ? "trainable" : trainable == 0 ? "frozen" : "partly frozen";
  }

  private static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String line(String layer, String output, String count, String state) {
    return "%-30s %-16s %12s  %s".formatted(layer, output, count, state).stripTrailing() + "\n";
  }
}
