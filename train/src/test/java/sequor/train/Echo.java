package sequor.train;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import sequor.Seed;
import sequor.nn.Embedding;
import sequor.nn.Linear;
import sequor.nn.Lstm;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// A toy for truncated backpropagation through time: a long stream of bits is read two at a time,
/// and each bit is to be said one step late. The first answer of each window can only be known from
/// the state carried from the window before.
final class Echo implements CarryingObjective<Echo.Window> {
  record Window(Ids bits, Ids before) {} // (B,2) each

  record Repeater(Embedding embedding, Lstm lstm, Linear head) implements NnModule {
    @Override
    public Parts parts() {
      return Parts.of("embedding", embedding).and("lstm", lstm).and("head", head);
    }
  }

  private static final int STREAMS = 16;
  private static final int STEPS = 2;

  private final Repeater repeater;
  private final int windows;
  private final boolean carries;

  Echo(int windows, boolean carries) {
    var random = new Seed(3).generator();
    this.repeater =
        new Repeater(
            new Embedding(2, 4, random), new Lstm(4, 12, random), new Linear(12, 2, random));
    this.windows = windows;
    this.carries = carries;
  }

  @Override
  public Repeater module() {
    return repeater;
  }

  @Override
  public Feed<Window> batches(int epoch, RandomGenerator random) {
    var list = new ArrayList<Window>();
    int[] previous = new int[STREAMS];
    for (int w = 0; w < windows; w++) {
      int[] bits = random.ints((long) STREAMS * STEPS, 0, 2).toArray();
      int[] before = new int[bits.length];
      for (int b = 0; b < STREAMS; b++) {
        before[b * STEPS] = previous[b];
        before[b * STEPS + 1] = bits[b * STEPS];
        previous[b] = bits[b * STEPS + 1];
      }
      list.add(new Window(Ids.of(bits, STREAMS, STEPS), Ids.of(before, STREAMS, STEPS)));
    }
    return Feed.of(list);
  }

  @Override
  public Carried loss(Window window, List<Tensor> state) {
    var zero = repeater.lstm.zeroState(STREAMS);
    var start = carries && !state.isEmpty() ? zero.with(state) : zero;
    var x = repeater.embedding.forward(window.bits); // (B,T,D)
    var output = repeater.lstm.forward(x, start, Spans.full(STREAMS, STEPS));
    var scores = repeater.head.forward(output.hidden()); // (B,T,2)
    return new Carried(scores.crossEntropy(window.before), output.last().tensors());
  }
}
