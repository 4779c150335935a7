package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.List;
import sequor.kernels.Ints;

/// Ops that pick numbers by their ids.
sealed interface Lookup extends Op {

  /// `y[i] = table[ids[i]]`: (V,D) → (…,D).
  record Embedding(Tensor table, Ids ids, int paddingIndex) implements Lookup {
    public Embedding {
      if (table.shape().rank() != 2) {
        throw Check.wrong("embedding: the table must have two axes (V,D), got %s", table.shape());
      }
      Check.ids("embedding", ids, table.dim(0));
      if (paddingIndex < -1 || paddingIndex >= table.dim(0)) {
        throw Check.wrong(
            "embedding: padding index %d of a table %s — must be one of its rows, or -1 for none",
            paddingIndex, table.shape());
      }
    }

    @Override
    public List<Tensor> inputs() {
      return List.of(table);
    }

    @Override
    public Shape shape() {
      return ids.shape().inserting(ids.shape().rank(), table.dim(1));
    }

    @Override
    public void forward(Tensor y) {
      KERNELS.copies().gather(table.data(), ids.ints(), y.data(), ids.shape().size(), table.dim(1));
    }

    @Override
    public List<Tensor> saved(Tensor y) {
      return List.of();
    }

    @Override
    public void backward(Tensor y) { // dtable[ids[i]] += dy[i]
      table.addRows(ids, y.required(), paddingIndex);
    }
  }

  /// `y[i] = x[i, places[i]]`: (…,C) → (…).
  record Pick(Tensor x, Ids places) implements Lookup {
    public Pick {
      if (x.shape().rank() < 1 || !x.shape().without(-1).equals(places.shape())) {
        throw Check.wrong(
            "pick: %s by places %s — the places must have the tensor's shape without its last axis",
            x.shape(), places.shape());
      }
      Check.ids("pick", places, x.dim(-1));
    }

    @Override
    public List<Tensor> inputs() {
      return List.of(x);
    }

    @Override
    public Shape shape() {
      return places.shape();
    }

    @Override
    public void forward(Tensor y) {
      KERNELS.copies().gather(x.data(), flat(), y.data(), places.shape().size(), 1);
    }

    @Override
    public void backward(Tensor y) { // dx[i, places[i]] += dy[i]
      int count = places.shape().size();
      KERNELS.copies().scatterAdd(y.required(), flat(), x.sink(), count, 1, -1);
    }

    /// The places counted from the start of `x`.
    private Ints flat() {
      int[] flat = places.toArray();
      for (int row = 0; row < flat.length; row++) {
        flat[row] += row * x.dim(-1);
      }
      return KERNELS.memory().ints(flat);
    }
  }
}
