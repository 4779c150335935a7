package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.Arrays;
import java.util.List;
import sequor.kernels.Copies.Along;
import sequor.kernels.Ints;

/// Ops that pick numbers by their ids, or put them there.
sealed interface Lookup extends Op {

  @Override
  default List<Tensor> saved(Tensor y) {
    return List.of();
  }

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
    public void backward(Tensor y) { // dtable[ids[i]] += dy[i]
      table.addRows(LookedUp.single(ids, y.required(), paddingIndex));
    }
  }

  /// `y[b] = Σ table[ids[i]]`, over `offsets[b] ≤ i < offsets[b+1]`: (V,D) → (B,D).
  record EmbeddingBag(Tensor table, Ids ids, Ids offsets) implements Lookup {
    public EmbeddingBag {
      if (table.shape().rank() != 2) {
        throw Check.wrong(
            "embeddingBag: the table must have two axes (V,D), got %s", table.shape());
      }
      Check.offsets("embeddingBag", ids, offsets);
      Check.ids("embeddingBag", ids, table.dim(0));
    }

    @Override
    public List<Tensor> inputs() {
      return List.of(table);
    }

    @Override
    public Shape shape() {
      return Shape.of(offsets.shape().size(), table.dim(1));
    }

    @Override
    public void forward(Tensor y) {
      KERNELS.elementwise().fill(y.data(), 0, shape().size());
      KERNELS
          .copies()
          .addRows(
              table.data(), ids.ints(), y.data(), bags().ints(), ids.shape().size(), table.dim(1));
    }

    @Override
    public void backward(Tensor y) { // dtable[ids[i]] += dy[b]
      table.addRows(LookedUp.summed(ids, bags(), y.required()));
    }

    /// The bag that each id is in.
    private Ids bags() {
      int[] bags = new int[ids.shape().size()];
      int[] starts = offsets.values();
      for (int b = 0; b < starts.length; b++) {
        Arrays.fill(bags, starts[b], b + 1 < starts.length ? starts[b + 1] : bags.length, b);
      }
      return Ids.of(bags);
    }
  }

  /// The places `ids` of one axis, in their order.
  record IndexSelect(Tensor x, int axis, Ids ids) implements Lookup {
    public IndexSelect {
      if (ids.shape().rank() != 1) {
        throw Check.wrong(
            "indexSelect: ids %s — give a vector of places, or gather with ids of the tensor's"
                + " rank",
            ids.shape());
      }
      Check.ids("indexSelect", ids, x.dim(axis));
    }

    @Override
    public List<Tensor> inputs() {
      return List.of(x);
    }

    @Override
    public Shape shape() {
      return x.shape().with(axis, ids.shape().size());
    }

    @Override
    public void forward(Tensor y) {
      int inner = x.shape().inner(axis);
      KERNELS.copies().gather(x.data(), rows(), y.data(), count(), inner);
    }

    @Override
    public void backward(Tensor y) { // dx[ids[i]] += dy[i]
      int inner = x.shape().inner(axis);
      KERNELS.copies().scatterAdd(y.required(), rows(), x.sink(), count(), inner, -1);
    }

    private int count() {
      return x.shape().outer(axis) * ids.shape().size();
    }

    /// The ids counted from the start of `x`, in rows of what lies behind the axis.
    private Ints rows() {
      int outer = x.shape().outer(axis);
      if (outer == 1) {
        return ids.ints();
      }
      int[] places = ids.values();
      int[] rows = new int[count()];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = i / places.length * x.dim(axis) + places[i % places.length];
      }
      return KERNELS.memory().ints(rows);
    }
  }

  /// `y[…,c,…] = x[…,ids[…,c,…],…]` along one axis.
  record Gather(Tensor x, int axis, Ids ids) implements Lookup {
    public Gather {
      Check.along("gather", x.shape(), axis, ids);
    }

    @Override
    public List<Tensor> inputs() {
      return List.of(x);
    }

    @Override
    public Shape shape() {
      return ids.shape();
    }

    @Override
    public void forward(Tensor y) {
      KERNELS.copies().gatherAlong(x.data(), ids.ints(), y.data(), along(x, axis, ids));
    }

    @Override
    public void backward(Tensor y) { // dx[ids] += dy
      KERNELS.copies().scatterAddAlong(y.required(), ids.ints(), x.sink(), along(x, axis, ids));
    }
  }

  /// `y = x`, then `y[…,ids[…,c,…],…] = source[…,c,…]` along one axis, or `+=` where it adds.
  record Scatter(Tensor x, int axis, Ids ids, Tensor source, boolean adds) implements Lookup {
    public Scatter {
      String op = adds ? "scatterAdd" : "scatter";
      Check.along(op, x.shape(), axis, ids);
      if (!source.shape().equals(ids.shape())) {
        throw Check.wrong(
            "%s: ids %s for a source %s — give one id a number", op, ids.shape(), source.shape());
      }
    }

    @Override
    public List<Tensor> inputs() {
      return List.of(x, source);
    }

    @Override
    public Shape shape() {
      return x.shape();
    }

    @Override
    public void forward(Tensor y) {
      KERNELS.elementwise().affine(x.data(), y.data(), 1, 0, x.shape().size());
      var size = along(x, axis, ids);
      if (adds) {
        KERNELS.copies().scatterAddAlong(source.data(), ids.ints(), y.data(), size);
      } else {
        KERNELS.copies().scatterAlong(source.data(), ids.ints(), y.data(), size);
      }
    }

    @Override
    public void backward(Tensor y) { // dx += dy but where overwritten; dsource += dy[ids]
      var memory = Tape.memory();
      var size = along(x, axis, ids);
      int n = x.shape().size();
      int places = ids.shape().size();
      if (x.tracked()) {
        var gradient = memory.floats(n);
        KERNELS.elementwise().affine(y.required(), gradient, 1, 0, n);
        if (!adds) {
          var nothing = memory.zeros(places);
          KERNELS.copies().scatterAlong(nothing, ids.ints(), gradient, size);
          memory.release(nothing);
        }
        KERNELS.elementwise().addScaled(gradient, x.sink(), 1, n);
        memory.release(gradient);
      }
      if (source.tracked()) {
        var gradient = memory.floats(places);
        KERNELS.copies().gatherAlong(y.required(), ids.ints(), gradient, size);
        if (adds) {
          KERNELS.elementwise().addScaled(gradient, source.sink(), 1, places);
        } else {
          var stayed = Tensor.of(stayed(size), ids.shape());
          KERNELS.elementwise().addProduct(gradient, stayed.data(), source.sink(), places);
        }
        memory.release(gradient);
      }
    }

    /// 1 for each number that was not overwritten by a later one, 0 for the others.
    private float[] stayed(Along size) {
      float[] stayed = new float[ids.shape().size()];
      boolean[] taken = new boolean[x.shape().size()];
      for (int here = stayed.length - 1; here >= 0; here--) {
        int inner = here % size.inner();
        int outer = here / size.inner() / size.count();
        int there = (outer * size.length() + ids.values()[here]) * size.inner() + inner;
        stayed[here] = taken[there] ? 0 : 1;
        taken[there] = true;
      }
      return stayed;
    }
  }

  private static Along along(Tensor x, int axis, Ids ids) {
    var shape = x.shape();
    return new Along(shape.outer(axis), shape.dim(axis), ids.shape().dim(axis), shape.inner(axis));
  }
}
