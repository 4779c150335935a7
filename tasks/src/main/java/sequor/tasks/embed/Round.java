package sequor.tasks.embed;

import java.util.Arrays;
import sequor.kernels.Embeddings;
import sequor.kernels.Embeddings.Additions;
import sequor.kernels.Embeddings.Changes;
import sequor.kernels.Embeddings.Size;
import sequor.kernels.Embeddings.Windows;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Kernels;
import sequor.kernels.Parallel;

/// Some hundred windows that learn at the same time: they read the tables as these are, write what
/// is to change beside, and then it is added in the order of the windows. So neither the number of
/// threads nor which one is faster changes a bit, and what a window does not see yet is what a few
/// hundred others before it learn.
///
/// ```
/// skip-gram             inputs: the words around  outputs: those of the word
/// skip-gram, subwords   inputs: the word's rows   outputs: those of each word around
/// CBOW                  inputs: the rows of the words around, their mean   outputs: those of the word
/// ```
///
/// Where texts have vectors, that of its text is one more input of each window.
final class Round {
  private static final Kernels KERNELS = Kernels.best();
  private static final int GRAIN = 16; // windows a task

  /// A row that more windows change gets so many times their mean change: the top of a tree of
  /// words is in every way, and hundreds of steps from one place would throw it far off.
  private static final float MOST_CHANGES = 32;

  private final EmbedModel model;
  private final Tables tables;
  private final WordRows wordRows;
  private final Targets targets;
  private final boolean pairs;
  private final boolean documents;
  private final int windows;
  private final int mostInputs;
  private final int mostOutputs;
  private final int[] inputs;
  private final int[] outputs;
  private final float[] wanted;
  private final int[] examples; // of each window
  private final Windows plan;
  private final Changes changes;
  private final Floats losses;
  private final HeapInts inputCounts;
  private final HeapInts outputCounts;

  /// @param windows at a time, at most
  Round(EmbedModel model, Tables tables, WordRows wordRows, Targets targets, int windows) {
    boolean cbow = model.method() == EmbedModel.Method.CBOW;
    int around = 2 * model.window();
    this.model = model;
    this.tables = tables;
    this.wordRows = wordRows;
    this.targets = targets;
    this.windows = windows;
    this.pairs = !cbow && !model.hasSubwords();
    this.documents = model.documents();
    int document = documents ? 1 : 0;
    this.mostInputs =
        (pairs ? around : cbow ? around * wordRows.most() : wordRows.most()) + document;
    this.mostOutputs = pairs || cbow ? targets.most() : around * targets.most();
    this.inputs = new int[windows * mostInputs];
    this.outputs = new int[windows * mostOutputs];
    this.wanted = new float[outputs.length];
    this.examples = new int[windows];
    this.plan = new Windows(new HeapInts(inputs), new HeapInts(outputs), new HeapFloats(wanted));
    int stride = tables.stride();
    this.losses = KERNELS.memory().floats(windows);
    this.changes =
        new Changes(
            floats((pairs ? inputs.length : windows) * (long) stride),
            floats((pairs ? outputs.length : windows) * (long) stride),
            floats(pairs ? (long) windows * mostInputs * mostOutputs : outputs.length),
            losses);
    this.inputCounts = new HeapInts(new int[tables.inputRows()]);
    this.outputCounts = new HeapInts(new int[tables.outputRows()]);
  }

  private static Floats floats(long count) {
    return KERNELS.memory().floats(Math.toIntExact(count));
  }

  /// Some places of a stretch, at most as many as there is room for.
  ///
  /// @param order in which all places of the stretch are gone through
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Places(int[] order, int from, int count) {}

  /// Learns from the windows of some places.
  ///
  /// @param key from which all draws follow
  /// @param tally gets their loss
  void learn(Kept kept, Places places, long key, float rate, Tally tally) {
    int count = places.count;
    Parallel.ranges(
        count,
        GRAIN,
        (first, end) -> {
          var draws = new Draws();
          for (int g = first; g < end; g++) {
            int place = places.order[places.from + g];
            plan(kept, place, g, draws.at(key, place));
          }
        });
    var size = new Size(count, mostInputs, mostOutputs, tables.stride());
    var embeddings = KERNELS.embeddings();
    if (pairs) {
      embeddings.pairs(tables.input(), tables.output(), plan, changes, rate, size);
    } else {
      embeddings.means(tables.input(), tables.output(), plan, changes, rate, size);
    }
    add(embeddings, count);
    for (int g = 0; g < count; g++) {
      tally.add(losses.get(g), examples[g]);
    }
  }

  private void add(Embeddings embeddings, int count) {
    var none = new HeapFloats(new float[0]);
    int ins = count * mostInputs;
    int outs = count * mostOutputs;
    var ofInputs =
        new Additions(plan.inputs(), ins, pairs ? 1 : mostInputs, none, inputCounts, MOST_CHANGES);
    var ofOutputs =
        new Additions(
            plan.outputs(),
            outs,
            pairs ? 1 : mostOutputs,
            pairs ? none : changes.errors(),
            outputCounts,
            MOST_CHANGES);
    embeddings.add(tables.input(), changes.inputs(), ofInputs, tables.stride());
    embeddings.add(tables.output(), changes.outputs(), ofOutputs, tables.stride());
  }

  /// Which rows the window of a place has.
  private void plan(Kept kept, int place, int g, Draws draws) {
    int xi = g * mostInputs;
    int yi = g * mostOutputs;
    int word = kept.word(place);
    int from = word == Corpus.END ? 0 : kept.from(place);
    int to = word == Corpus.END ? 0 : kept.to(place);
    int around = Math.max(0, to - from - 1);
    int x = 0;
    int y = 0;
    boolean ofDocument = documents && word != Corpus.END;
    if (around > 0 || ofDocument) {
      boolean ofWord = !pairs && model.method() == EmbedModel.Method.SKIP_GRAM;
      x = ofWord ? wordRows.put(word, inputs, xi) : 0;
      y = ofWord ? 0 : targets.put(word, draws, outputs, wanted, yi);
      for (int other = from; other < to; other++) {
        if (other == place) {
          continue;
        }
        if (ofWord) {
          y += targets.put(kept.word(other), draws, outputs, wanted, yi + y);
        } else {
          x += wordRows.put(kept.word(other), inputs, xi + x);
        }
      }
      if (ofDocument) {
        inputs[xi + x++] = tables.documentRow(kept.text(place));
      }
    }
    Arrays.fill(inputs, xi + x, xi + mostInputs, -1);
    Arrays.fill(outputs, yi + y, yi + mostOutputs, -1);
    int inputs = around + (ofDocument ? 1 : 0);
    examples[g] = model.method() == EmbedModel.Method.CBOW ? Math.min(1, inputs) : inputs;
  }

  /// How many windows there is room for.
  int windows() {
    return windows;
  }

  /// A mean loss.
  static final class Tally {
    private double sum;
    private long count;

    void add(double loss, int examples) {
      sum += loss;
      count += examples;
    }

    /// 0 where there was nothing to learn from.
    double mean() {
      return count == 0 ? 0 : sum / count;
    }

    void add(Tally other) {
      sum += other.sum;
      count += other.count;
    }
  }
}
