package sequor.tasks.embed;

import java.util.ArrayList;
import java.util.List;
import sequor.tensor.Ids;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.train.Sgd;

/// Learns word vectors inside a network ([WordNetwork]), by stochastic gradient descent over the
/// windows of a text in their order.
final class NetworkLearner extends EpochLearner {
  private static final int STRETCH = 1 << 15; // numbers of the corpus
  private static final int BATCH = 8; // windows

  private final Corpus corpus;
  private final EmbedModel model;
  private final WordNetwork network;
  private final NegativeSampling sampling;
  private final float firstRate;
  private final Sgd sgd;

  NetworkLearner(
      Corpus corpus, EmbedModel model, WordNetwork network, float rate, Judging judging) {
    super(corpus, network, judging);
    this.corpus = corpus;
    this.model = model;
    this.network = network;
    this.sampling =
        new NegativeSampling(corpus.lexicon(), model.negatives(), model.negativePower());
    this.firstRate = rate;
    this.sgd = new Sgd(network.parameters(), rate);
  }

  /// A word, and those around it or told from them.
  private record Window(int word, List<Integer> others) {}

  @Override
  double epoch(int epoch, int epochs) {
    int stretches = (int) Math.ceilDiv(corpus.size(), STRETCH);
    var ofEpoch = seed().child("text").child(epoch);
    double sum = 0;
    long count = 0;
    for (int stretch = 0; stretch < stretches; stretch++) {
      var draws = new Draws().at(ofEpoch.child(stretch).value(), 0);
      var windows = windows((long) stretch * STRETCH, draws);
      double losses = 0;
      for (int from = 0; from < windows.size(); from += BATCH) {
        double share = (stretch + (double) from / windows.size()) / stretches;
        sgd.learningRate((float) (firstRate * Math.max(1e-4, 1 - (epoch - 1 + share) / epochs)));
        var some = windows.subList(from, Math.min(windows.size(), from + BATCH));
        losses += some.size() * step(some);
      }
      sum += losses;
      count += windows.size();
      double mean = losses / Math.max(1, windows.size());
      stepped(epoch, epochs, (stretch + 1.0) / stretches, stretch + 1, stretches, mean);
    }
    return sum / Math.max(1, count);
  }

  private List<Window> windows(long from, Draws draws) {
    int[] text = new int[(int) Math.min(STRETCH, corpus.size() - from)];
    corpus.read(from, text, text.length);
    var windows = new ArrayList<Window>();
    for (int place = 0; place < text.length; place++) {
      if (text[place] == Corpus.END) {
        continue;
      }
      var around = around(text, place);
      if (model.method() != EmbedModel.Method.JOINED) {
        for (int other : around) {
          windows.add(new Window(text[place], drawn(other, draws)));
        }
      } else if (around.size() == 2 * model.window()) {
        windows.add(new Window(text[place], around));
      }
    }
    return windows;
  }

  private List<Integer> around(int[] text, int place) {
    int first = place;
    while (first > Math.max(0, place - model.window()) && text[first - 1] != Corpus.END) {
      first--;
    }
    var around = new ArrayList<Integer>();
    for (int other = first; other < text.length && other <= place + model.window(); other++) {
      if (text[other] == Corpus.END) {
        break;
      }
      if (other != place) {
        around.add(text[other]);
      }
    }
    return around;
  }

  /// A word that stands there, and some that do not.
  private List<Integer> drawn(int word, Draws draws) {
    int[] rows = new int[sampling.most()];
    int count = sampling.put(word, draws, rows, new float[rows.length], 0);
    var drawn = new ArrayList<Integer>();
    for (int k = 0; k < count; k++) {
      drawn.add(rows[k]);
    }
    return drawn;
  }

  private double step(List<Window> windows) {
    int batch = windows.size();
    int size = windows.getFirst().others.size();
    int[] words = windows.stream().mapToInt(Window::word).toArray();
    int[] others =
        windows.stream().flatMap(each -> each.others.stream()).mapToInt(id -> id).toArray();
    try (var tape = Tape.open()) {
      var loss =
          model.method() == EmbedModel.Method.JOINED
              ? network.joined(Ids.of(others, batch, size), Ids.of(words, batch))
              : network.oneTable(
                  Ids.of(words, batch, 1), Ids.of(others, batch, size), targets(batch, size));
      tape.backward(loss);
      double mean = loss.item();
      sgd.step();
      return mean;
    }
  }

  /// The first of each row is there.
  private static Tensor targets(int batch, int size) {
    float[] targets = new float[batch * size];
    for (int row = 0; row < batch; row++) {
      targets[row * size] = 1;
    }
    return Tensor.of(targets, batch, size);
  }

  @Override
  double rate() {
    return sgd.learningRate();
  }
}
