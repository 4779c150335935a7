package sequor.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import sequor.nn.Gru;
import sequor.nn.Lstm;
import sequor.nn.Recurrent;
import sequor.nn.RecurrentState;
import sequor.nn.Rnn;
import sequor.tensor.Tensor;

/// The loop over the steps that a user writes who calls the cell himself.
final class OwnLoop {
  private OwnLoop() {}

  /// What a layer's cell shows for `x` (B,T,D): after the last step (B,H), or at every one (B·T,H).
  static Tensor over(Recurrent<?> layer, Tensor x, boolean everyStep) {
    return switch (layer) {
      case Rnn rnn -> over(x, rnn.zeroState(x.dim(0)), rnn.cell()::forward, everyStep);
      case Gru gru -> over(x, gru.zeroState(x.dim(0)), gru.cell()::forward, everyStep);
      case Lstm lstm -> over(x, lstm.zeroState(x.dim(0)), lstm.cell()::forward, everyStep);
      default -> throw new IllegalArgumentException("no cell in " + layer.getClass().getName());
    };
  }

  private static <S extends RecurrentState<S>> Tensor over(
      Tensor x, S state, BiFunction<Tensor, S, S> cell, boolean everyStep) {
    List<Tensor> shown = new ArrayList<>();
    for (int t = 0; t < x.dim(1); t++) {
      state = cell.apply(x.select(1, t), state); // (B,H)
      shown.add(state.output());
    }
    if (!everyStep) {
      return state.output(); // (B,H)
    }
    return Tensor.stack(1, shown).reshape(x.dim(0) * x.dim(1), state.output().dim(1)); // (B·T,H)
  }
}
