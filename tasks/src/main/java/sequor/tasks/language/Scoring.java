package sequor.tasks.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import sequor.models.Ensemble;
import sequor.models.LanguageModel;
import sequor.tasks.Columns;
import sequor.tasks.Evaluation;
import sequor.tensor.Ids;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.text.Batch;
import sequor.text.Batches;
import sequor.text.Item;
import sequor.text.Windows;

/// Judges texts token by token, teacher-forced. The logits of some tokens at a time stand in
/// memory, never those of a whole batch.
final class Scoring {
  private static final int BATCH = 32;
  private static final int MOST_LOGITS = 1 << 21; // 8 MiB
  private static final int WINDOW = 1024; // steps of a long text at a time
  private static final int[] NOTHING = {};

  /// How surprised the model was by each token of a text, and whether it was the likeliest.
  ///
  /// @param item which text
  /// @param ended whether the last token is the mark at its end
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Text(int item, double[] nats, boolean[] likeliest, boolean ended) {
    /// −ln of its probability.
    double sum() {
      return Arrays.stream(nats).sum();
    }
  }

  private final Ensemble<LanguageModel<?>> network;
  private final Optional<NGramShare> ngrams;
  private final boolean parts;
  private final int mostLogits;

  /// @param parts whether texts are parts of a longer one, without an end of their own
  Scoring(Ensemble<LanguageModel<?>> network, Optional<NGramShare> ngrams, boolean parts) {
    this(network, ngrams, parts, MOST_LOGITS);
  }

  /// @param mostLogits how many stand in memory at most, but always those of a token
  Scoring(
      Ensemble<LanguageModel<?>> network,
      Optional<NGramShare> ngrams,
      boolean parts,
      int mostLogits) {
    this.network = network;
    this.ngrams = ngrams;
    this.parts = parts;
    this.mostLogits = mostLogits;
  }

  /// Gives each text to `action`, in an order of its own.
  void forEach(List<Item> items, Consumer<Text> action) {
    for (var batch : Batches.of(items).withSize(BATCH).byLength()) {
      for (var text : Tape.inference(() -> texts(batch))) {
        action.accept(text);
      }
    }
  }

  /// Judges all tokens of a long text but the first, each knowing all that stands before it.
  Text stream(int[] ids) {
    return Tape.inference(() -> streamed(ids));
  }

  private Text streamed(int[] ids) {
    int count = ids.length - 1;
    var whole = new Text(0, new double[count], new boolean[count], false);
    var states = new ArrayList<>(network.all().stream().map(_ -> List.<Tensor>of()).toList());
    int order = ngrams.map(share -> share.model().order()).orElse(0);
    for (int from = 0; from < count; from += WINDOW) {
      int to = Math.min(count, from + WINDOW);
      var window = Windows.of(Arrays.copyOfRange(ids, from, to + 1), 1, WINDOW).getFirst();
      var hidden = new ArrayList<Tensor>();
      for (int m = 0; m < states.size(); m++) {
        var spans = Columns.spans(window, NextTokens.TEXT);
        var read = Columns.ids(window, NextTokens.TEXT);
        var stretch = network.all().get(m).stretch(read, states.get(m), spans);
        hidden.add(flat(stretch.hidden()));
        states.set(m, stretch.state());
      }
      int[] before = Arrays.copyOfRange(ids, Math.max(1, from + 1 - order), from + 1);
      var text = texts(window, hidden, before)[0];
      System.arraycopy(text.nats, 0, whole.nats, from, to - from);
      System.arraycopy(text.likeliest, 0, whole.likeliest, from, to - from);
    }
    return whole;
  }

  private Text[] texts(Batch batch) {
    var ids = Columns.ids(batch, NextTokens.TEXT);
    var labels = Columns.ids(batch, NextTokens.LABEL);
    var spans = Columns.spans(batch, NextTokens.TEXT);
    var hidden =
        network.all().stream()
            .map(member -> flat(member.hidden(ids, labels, spans))) // (B·T,H)
            .toList();
    return texts(batch, hidden, NOTHING);
  }

  /// @param hidden of each member (B·T,H)
  /// @param before the tokens before the first of each row
  private Text[] texts(Batch batch, List<Tensor> hidden, int[] before) {
    var column = batch.ids(NextTokens.TEXT);
    var texts = new Text[batch.size()];
    for (int b = 0; b < texts.length; b++) {
      int length = column.lengths()[b];
      texts[b] = new Text(batch.rows()[b], new double[length], new boolean[length], !parts);
    }
    int rows = batch.size() * column.steps();
    int atOnce = Math.max(1, mostLogits / vocabulary());
    for (int from = 0; from < rows; from += atOnce) {
      score(texts, batch, hidden, before, from, Math.min(rows, from + atOnce));
    }
    return texts;
  }

  private static Tensor flat(Tensor hidden) {
    return hidden.reshape(hidden.dim(0) * hidden.dim(1), hidden.dim(2));
  }

  private int vocabulary() {
    return network.all().getFirst().head().weight().dim(0);
  }

  /// The logarithm of the probability of each next token, by the networks alone. // (n,V)
  private Tensor logProbabilities(List<Tensor> hidden, int from, int to) {
    var members = network.all();
    if (members.size() == 1) {
      return members.getFirst().head().forward(hidden.getFirst().slice(0, from, to)).logSoftmax();
    }
    var each =
        IntStream.range(0, members.size())
            .mapToObj(
                i -> members.get(i).head().forward(hidden.get(i).slice(0, from, to)).softmax())
            .toList();
    return Ensemble.mean(each).log();
  }

  private void score(
      Text[] texts, Batch batch, List<Tensor> hidden, int[] before, int from, int to) {
    int steps = batch.ids(NextTokens.TEXT).steps();
    int[] targets = batch.ids(NextTokens.NEXT).ids();
    var logs = logProbabilities(hidden, from, to); // (n,V)
    if (ngrams.isPresent()) {
      mixed(new Rows(texts, targets, steps, before), logs.toArray(), from, to);
      return;
    }
    int[] wanted = Arrays.copyOfRange(targets, from, to);
    int[] asked = Arrays.stream(wanted).map(id -> Math.max(0, id)).toArray(); // pads ask for 0
    float[] right = logs.gather(1, Ids.of(asked, to - from, 1)).toArray(); // (n)
    int[] likeliest = logs.argmax(1, false).toArray(); // (n)
    for (int row = from; row < to; row++) {
      var text = texts[row / steps];
      int t = row % steps;
      if (t < text.nats.length) {
        text.nats[t] = -Math.max(right[row - from], Math.log(Double.MIN_NORMAL));
        text.likeliest[t] = likeliest[row - from] == wanted[row - from];
      }
    }
  }

  /// @param targets (B·T)
  /// @param before the tokens before the first of each row
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Rows(Text[] texts, int[] targets, int steps, int[] before) {
    /// The tokens before a row.
    int[] history(int row) {
      int t = row % steps;
      int[] history = Arrays.copyOf(before, before.length + t);
      System.arraycopy(targets, row - t, history, before.length, t);
      return history;
    }
  }

  private void mixed(Rows rows, float[] logs, int from, int to) {
    double[] next = new double[vocabulary()];
    double[] room = new double[vocabulary()];
    for (int row = from; row < to; row++) {
      var text = rows.texts[row / rows.steps];
      int t = row % rows.steps;
      if (t >= text.nats.length) {
        continue;
      }
      int target = rows.targets[row];
      probabilities(logs, (row - from) * next.length, next);
      ngrams.orElseThrow().mixInto(next, rows.history(row), room);
      text.nats[t] = -Math.log(Math.max(next[target], Double.MIN_NORMAL));
      text.likeliest[t] = Evaluation.argmax(next) == target;
    }
  }

  static void probabilities(float[] logs, int from, double[] into) {
    for (int v = 0; v < into.length; v++) {
      into[v] = Math.exp(logs[from + v]);
    }
  }
}
