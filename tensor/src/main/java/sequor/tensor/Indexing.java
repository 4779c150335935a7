package sequor.tensor;

import java.util.Objects;
import java.util.random.RandomGenerator;

/// How numbers are looked up by their places, and put there.
public sealed interface Indexing permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// Rows of this table (V,D) by id: an embedding. // (…,D)
  default Tensor embedding(Ids ids) {
    return embedding(ids, -1);
  }

  /// The same, with one row that never learns (−1 for none).
  default Tensor embedding(Ids ids, int paddingIndex) {
    var rows = new Lookup.Embedding(self(), ids, paddingIndex);
    return Op.apply(rows).withLookup(rows);
  }

  /// Sums of rows of this table (V,D): row `b` is that of the ids from `offsets[b]` to
  /// `offsets[b+1]`, the last that of the rest; of none it is 0. // (B,D)
  ///
  /// @param ids (n)
  /// @param offsets (B), ascending from 0
  default Tensor embeddingBag(Ids ids, Ids offsets) {
    return Op.apply(new Lookup.EmbeddingBag(self(), ids, offsets));
  }

  /// The places `ids` of one axis, in their order; a place may come twice, and its gradient is the
  /// sum of both.
  default Tensor indexSelect(int axis, Ids ids) {
    return Op.apply(new Lookup.IndexSelect(self(), axis, ids));
  }

  /// Along one axis the numbers whose places the ids name: for axis 1 of a tensor of rank 3
  /// `y[i,j,k] = x[i,ids[i,j,k],k]`. The ids have the tensor's rank and are no longer than it along
  /// all other axes. // the shape of the ids
  ///
  /// The score of each row's class is `scores.gather(-1, classes.unsqueeze(-1)).squeeze(-1)`.
  default Tensor gather(int axis, Ids ids) {
    var x = self();
    if (ids.shape().rank() == x.shape().rank()) {
      for (int other = 0; other < x.shape().rank(); other++) {
        int dim = ids.shape().dim(other);
        if (other != Check.axis(x.shape(), axis) && dim < x.dim(other)) {
          x = x.slice(other, 0, dim);
        }
      }
    }
    return Op.apply(new Lookup.Gather(x, axis, ids));
  }

  /// This tensor with the numbers of `source` put along one axis where the ids say,
  /// `y[i,ids[i,j,k],k] = source[i,j,k]` for axis 1; of those with one place the last stays, and
  /// only to it a gradient flows. The ids have the shape of the source, and that of this tensor but
  /// for the axis.
  default Tensor scatter(int axis, Ids ids, Tensor source) {
    return Op.apply(new Lookup.Scatter(self(), axis, ids, source, false));
  }

  /// The same, added to what is there.
  default Tensor scatterAdd(int axis, Ids ids, Tensor source) {
    return Op.apply(new Lookup.Scatter(self(), axis, ids, source, true));
  }

  /// The lower triangle of the last two axes (…,M,N), 0 above: column − row ≤ `diagonal`.
  default Tensor tril(int diagonal) {
    return Filling.triangle("tril", self(), (row, column) -> column - row <= diagonal);
  }

  /// The upper triangle of the last two axes (…,M,N), 0 below: column − row ≥ `diagonal`.
  default Tensor triu(int diagonal) {
    return Filling.triangle("triu", self(), (row, column) -> column - row >= diagonal);
  }

  /// `count` places drawn from each row of weights (…,C), which need not sum to 1, with or without
  /// replacement. A place of weight 0 is never drawn. One number of `random` is used a draw, row by
  /// row. // (…,count)
  ///
  /// @throws TensorException if a weight is negative or not finite, or a row has too few above 0
  default Ids multinomial(int count, boolean replacement, RandomGenerator random) {
    return Drawing.multinomial(self(), count, replacement, random);
  }

  /// The same numbers as ids.
  ///
  /// @throws TensorException if one is not whole or does not fit an int
  default Ids toIds() {
    float[] values = self().toArray();
    int[] ids = new int[values.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (int) values[i];
      if (ids[i] != values[i] || ids[i] == Integer.MAX_VALUE) {
        throw Check.wrong(
            "toIds: %s is not a whole number that fits an int; round it first", values[i]);
      }
    }
    return Ids.of(ids, self().shape());
  }

  /// Copies numbers, row-major, from the one at `from` on into an array: what is too much for a
  /// copy of all is read in pieces.
  ///
  /// @param count how many, to the start of `target`
  default void read(int from, float[] target, int count) {
    Objects.checkFromIndexSize(from, count, self().shape().size());
    self().data().read(from, target, count);
  }
}
