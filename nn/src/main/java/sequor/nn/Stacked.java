package sequor.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// Recurrent layers one above the other: each reads the hidden states of the one below, or what a
/// [Bridge] makes of them, with dropout between.
///
/// @param <S> the state of one layer
public final class Stacked<S extends RecurrentState<S>> implements Recurrent<Stacked.State<S>> {

  /// @param layers bottom to top
  public record State<S extends RecurrentState<S>>(List<S> layers)
      implements RecurrentState<State<S>> {
    public State {
      layers = List.copyOf(layers);
    }

    @Override
    public Tensor output() {
      return layers.getLast().output();
    }

    @Override
    public List<Tensor> outputs() {
      return layers.stream().flatMap(layer -> layer.outputs().stream()).toList();
    }

    @Override
    public List<Tensor> tensors() {
      return layers.stream().flatMap(layer -> layer.tensors().stream()).toList();
    }

    @Override
    public State<S> with(List<Tensor> tensors) {
      var changed = new ArrayList<S>();
      int from = 0;
      for (var layer : layers) {
        int count = layer.tensors().size();
        changed.add(layer.with(tensors.subList(from, from + count)));
        from += count;
      }
      return new State<>(changed);
    }
  }

  private final List<Recurrent<S>> layers;
  private final List<Bridge> bridges; // one between each two layers
  private final Dropout between;

  /// @param layers bottom to top; the input size of each is the hidden size of the one below
  /// @param dropout between layers, from 0 to less than 1
  public Stacked(List<? extends Recurrent<S>> layers, float dropout) {
    this(layers, Collections.nCopies(Math.max(0, layers.size() - 1), Bridge.plain()), dropout);
  }

  /// @param layers bottom to top; the input size of each is the hidden size of the one below
  /// @param bridges one between each two layers, bottom to top
  /// @param dropout between layers, behind the bridges, from 0 to less than 1
  public Stacked(
      List<? extends Recurrent<S>> layers, List<? extends Bridge> bridges, float dropout) {
    this(List.copyOf(layers), List.copyOf(bridges), new Dropout(dropout));
  }

  private Stacked(List<Recurrent<S>> layers, List<Bridge> bridges, Dropout between) {
    if (layers.isEmpty()) {
      throw new NnException("stacked: give one layer or more, got none");
    }
    if (bridges.size() != layers.size() - 1) {
      throw new NnException(
          "stacked: expected %d bridges between %d layers, got %d; give one between each two"
              .formatted(layers.size() - 1, layers.size(), bridges.size()));
    }
    this.layers = layers;
    this.bridges = bridges;
    this.between = between;
  }

  @Override
  public Output<State<S>> forward(Tensor x, State<S> initial, Spans spans) {
    checkLayers(initial);
    var last = new ArrayList<S>();
    for (int i = 0; i < layers.size(); i++) {
      var input = i == 0 ? x : between.forward(x);
      var output = layers.get(i).forward(input, initial.layers().get(i), spans);
      last.add(output.last());
      x = output.hidden(); // (B,T,H)
      if (i < bridges.size()) {
        x = bridges.get(i).forward(input, x, spans); // (B,T,H)
      }
    }
    return new Output<>(x, new State<>(last));
  }

  private void checkLayers(State<S> state) {
    if (state.layers().size() != layers.size()) {
      throw new NnException(
          "stacked: a state of %d layers for %d layers; take zeroState(batch) of this very module"
              .formatted(state.layers().size(), layers.size()));
    }
  }

  @Override
  public State<S> zeroState(int batch) {
    return new State<>(layers.stream().map(layer -> layer.zeroState(batch)).toList());
  }

  @Override
  public int hiddenSize() {
    return layers.getLast().hiddenSize();
  }

  @Override
  public Stacked<S> reversed() {
    return new Stacked<>(layers.stream().map(Recurrent::reversed).toList(), bridges, between);
  }

  /// Layer `k` has the suffix `_lk`, and so has the bridge behind it.
  @Override
  public Parts parts(String suffix) {
    var parts = Parts.none();
    for (int i = 0; i < layers.size(); i++) {
      var own = suffix.replace("_l0", "_l" + i);
      parts.and(layers.get(i).parts(own));
      if (i < bridges.size()) {
        parts.and(bridges.get(i).parts(own));
      }
    }
    return parts;
  }
}
