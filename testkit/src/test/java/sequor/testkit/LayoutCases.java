package sequor.testkit;

import java.util.List;
import java.util.stream.Stream;
import sequor.tensor.Ids;
import sequor.tensor.Tensor;

/// Ops that put numbers in other places, or look them up.
final class LayoutCases {
  private LayoutCases() {}

  static Stream<OpCase> all() {
    return Stream.concat(layouts(), lookups());
  }

  private static Stream<OpCase> layouts() {
    var random = new Generators(11);
    var x = random.tensor(2, 3, 4);
    var z = random.tensor(2, 1, 4);
    return Stream.of(
        OpCase.of("reshape", () -> x.reshape(4, -1)).with("x", x),
        OpCase.of("reshape of a reshape", () -> x.reshape(24).reshape(6, 4)).with("x", x),
        OpCase.of("reshape, used beside x", () -> x.reshape(2, 3, 4).times(x)).with("x", x),
        OpCase.of("reshape of a result", () -> x.tanh().reshape(24)).with("x", x),
        OpCase.of("reshape of a result used later", () -> besideItsView(x.tanh())).with("x", x),
        OpCase.of("permute", () -> x.permute(2, 0, 1)).with("x", x),
        OpCase.of("transpose", () -> x.transpose(0, 2)).with("x", x),
        OpCase.of("slice", () -> x.slice(1, 1, 3)).with("x", x),
        OpCase.of("slice of the last axis", () -> x.slice(-1, 2, 3)).with("x", x),
        OpCase.of("two slices that overlap", () -> x.slice(1, 0, 2).times(x.slice(1, 1, 3)))
            .with("x", x),
        OpCase.of("select", () -> x.select(0, 1)).with("x", x),
        OpCase.of("split", () -> x.split(2, 2).getFirst().times(x.split(2, 2).getLast()))
            .with("x", x),
        OpCase.of("flip", () -> x.flip(1)).with("x", x),
        OpCase.of("flip of the last axis", () -> x.flip(-1)).with("x", x),
        OpCase.of("expand", () -> z.expand(3, 2, 5, 4)).with("z", z),
        OpCase.of("expand, as it is", () -> z.expand(-1, 3, -1)).with("z", z),
        OpCase.of("repeat", () -> z.repeat(2, 1, 3, 2)).with("z", z),
        OpCase.of("squeeze and unsqueeze", () -> z.squeeze(1).unsqueeze(0)).with("z", z),
        OpCase.of("flatten", () -> x.flatten(0, 1)).with("x", x),
        OpCase.of("slice from the end", () -> x.slice(1, -2, -1)).with("x", x),
        OpCase.of("unfold, last axis", () -> x.unfold(-1, 3, 1)).with("x", x),
        OpCase.of("unfold, axis 1", () -> x.unfold(1, 2, 1)).with("x", x),
        OpCase.of("unfold, apart", () -> x.unfold(0, 1, 2)).with("x", x),
        OpCase.of("concat", () -> Tensor.concat(1, List.of(x, z, x))).with("x", x).with("z", z),
        OpCase.of("concat of the last axis", () -> Tensor.concat(-1, List.of(x, x))).with("x", x),
        OpCase.of("stack", () -> Tensor.stack(1, List.of(x, x.tanh()))).with("x", x));
  }

  /// The product is undone first, so the view finds a gradient already there.
  private static Tensor besideItsView(Tensor y) {
    return y.reshape(24).reshape(2, 3, 4).times(y);
  }

  private static Stream<OpCase> lookups() {
    var random = new Generators(12);
    var table = random.tensor(5, 3);
    var ids = Ids.of(new int[] {4, 0, 0, 2, 4, 4}, 2, 3);
    var places = Ids.of(new int[] {2, 0, 1, 1, 0}, 5, 1);
    var twice = Ids.of(new int[] {4, 0, 1, 4, 2, 3}, 2, 3);
    var source = random.tensor(2, 3);
    var cube = random.tensor(2, 3, 2);
    var rows = Ids.of(new int[] {2, 0, 0, 1});
    var inCube = Ids.of(new int[] {2, 0, 1, 0, 0, 1, 2, 2}, 2, 2, 2);
    var more = random.tensor(2, 2, 2);
    return Stream.of(
        OpCase.of("embedding", () -> table.embedding(ids)).with("table", table),
        OpCase.of("embedding, padding elsewhere", () -> table.embedding(ids, 3))
            .with("table", table),
        OpCase.of(
                "embeddingBag",
                () -> table.embeddingBag(ids.reshape(6), Ids.of(new int[] {0, 2, 2, 5})))
            .with("table", table),
        OpCase.of("gather one of each row", () -> table.gather(-1, places).squeeze(-1))
            .with("table", table),
        OpCase.of("gather along axis 0", () -> table.gather(0, twice)).with("table", table),
        OpCase.of("gather with fewer ids", () -> table.gather(0, twice.slice(1, 0, 2)))
            .with("table", table),
        OpCase.of("gather along axis 1", () -> cube.gather(1, inCube)).with("x", cube),
        OpCase.of("indexSelect, axis 0", () -> table.indexSelect(0, rows)).with("table", table),
        OpCase.of("indexSelect, axis 1", () -> cube.indexSelect(1, rows)).with("x", cube),
        OpCase.of("indexSelect, last axis", () -> table.indexSelect(-1, Ids.of(new int[] {2, 2})))
            .with("table", table),
        OpCase.of("scatterAdd", () -> table.scatterAdd(0, twice, source))
            .with("table", table)
            .with("source", source),
        OpCase.of("scatter, equal ids", () -> table.scatter(0, twice, source))
            .with("table", table)
            .with("source", source),
        OpCase.of("scatter, axis 1", () -> cube.scatter(1, inCube, more))
            .with("x", cube)
            .with("source", more),
        OpCase.of("tril", () -> cube.tril(0)).with("x", cube),
        OpCase.of("triu", () -> table.triu(-1)).with("table", table));
  }
}
