package sequor.tasks.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sequor.tensor.Tape;
import sequor.text.Batch;
import sequor.text.Item;
import sequor.text.Padding;

/// Says what comes behind some windows: makes items of them, asks the network, and where that says
/// fewer steps at once than are wanted, goes on from what was said.
///
/// Letters: L steps read, T steps said at once, H steps wanted, Q numbers of each, F features.
final class Sayer {
  private static final int AT_ONCE = 256; // windows

  private final ForecastModel model;
  private final Features features;
  private final ForecastNetwork network;

  Sayer(ForecastModel model, Features features, ForecastNetwork network) {
    this.model = model;
    this.features = features;
    this.network = network;
  }

  /// A window, to be gone on with from a step.
  record Asked(Scaled series, Timeline timeline, int at) {}

  /// What the network reads of a window.
  Item item(Asked asked) {
    int read = model.lookBack();
    int said = model.atOnce();
    var series = asked.series;
    float[] window = series.window(asked.at, read);
    var item = new Item().vector(ForecastNetwork.WINDOW, window);
    item.vector(
        ForecastNetwork.BASE,
        network.trunk().map(trunk -> trunk.said(window, series.map())).orElse(new float[said]));
    int width = features.width();
    if (network.reads()) {
      float[] steps = new float[read * (1 + width)];
      for (int t = 0; t < read; t++) {
        steps[t * (1 + width)] = window[t] - window[read - 1];
        write(steps, t * (1 + width) + 1, asked, t - read);
      }
      item.numbers(ForecastNetwork.SERIES, steps, 1 + width);
    }
    if (width > 0) {
      float[] coming = new float[said * width];
      for (int h = 0; h < said; h++) {
        write(coming, h * width, asked, h);
      }
      item.numbers(ForecastNetwork.FUTURE, coming, width);
    }
    return item;
  }

  private void write(float[] into, int offset, Asked asked, int ahead) {
    features.write(into, offset, asked.timeline, asked.series, asked.at, asked.at + ahead);
  }

  /// The same, with what is right.
  Item learned(Asked asked) {
    int from = asked.at - asked.series.series().first();
    float[] right = Arrays.copyOfRange(asked.series.z(), from, from + model.atOnce());
    return item(asked).vector(ForecastNetwork.TARGET, right);
  }

  /// What is said of one by the trunk alone, scaled. // (H)
  float[] said(Scaled series, int at, int steps) {
    float[] all = new float[steps];
    var next = series;
    for (int done = 0; done < steps; done += model.atOnce()) {
      float[] window = next.window(at + done, model.lookBack());
      float[] some = network.trunk().orElseThrow().said(window, series.map());
      System.arraycopy(some, 0, all, done, Math.min(some.length, steps - done));
      next = done + some.length < steps ? next.goneOn(at + done, some) : next;
    }
    return all;
  }

  /// What is said of each, scaled. // (windows, H·Q)
  float[][] said(List<Asked> asked, int steps) {
    int q = model.outputs();
    float[][] all = new float[asked.size()][steps * q];
    var next = new ArrayList<>(asked);
    for (int done = 0; done < steps; done += model.atOnce()) {
      float[][] some = saidAtOnce(next);
      int taken = Math.min(model.atOnce(), steps - done);
      for (int i = 0; i < all.length; i++) {
        System.arraycopy(some[i], 0, all[i], done * q, taken * q);
        if (done + taken < steps) {
          next.set(i, goneOn(next.get(i), some[i]));
        }
      }
    }
    return all;
  }

  private Asked goneOn(Asked asked, float[] said) {
    int q = model.outputs();
    float[] middle = new float[model.atOnce()];
    for (int h = 0; h < middle.length; h++) {
      middle[h] = said[h * q + q / 2];
    }
    return new Asked(
        asked.series.goneOn(asked.at, middle), asked.timeline, asked.at + model.atOnce());
  }

  /// What is said at once. // (windows, T·Q)
  private float[][] saidAtOnce(List<Asked> asked) {
    float[][] all = new float[asked.size()][];
    if (!network.learns()) { // the trunk alone
      for (int i = 0; i < all.length; i++) {
        var series = asked.get(i).series;
        float[] window = series.window(asked.get(i).at, model.lookBack());
        all[i] = network.trunk().orElseThrow().said(window, series.map());
      }
      return all;
    }
    for (int from = 0; from < all.length; from += AT_ONCE) {
      int to = Math.min(all.length, from + AT_ONCE);
      var items = asked.subList(from, to).stream().map(this::item).toList();
      var batch = Batch.of(items, Padding.RIGHT);
      float[] said = Tape.inference(() -> network.forward(batch)).toArray(); // (B,T,Q)
      int width = said.length / (to - from);
      for (int i = from; i < to; i++) {
        all[i] = Arrays.copyOfRange(said, (i - from) * width, (i - from + 1) * width);
      }
    }
    return all;
  }
}
