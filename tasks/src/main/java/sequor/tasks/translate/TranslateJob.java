package sequor.tasks.translate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import sequor.Seed;
import sequor.data.DataException;
import sequor.data.DataSet;
import sequor.data.Source;
import sequor.nn.CrossEntropyLoss;
import sequor.nn.NnModule;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tasks.Columns;
import sequor.tasks.Epochs;
import sequor.tasks.EpochsJob;
import sequor.tasks.Evaluation;
import sequor.tasks.Floor;
import sequor.tasks.Metric;
import sequor.tasks.TrainingSettings;
import sequor.tensor.Ids;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.text.Batch;
import sequor.text.Item;

/// Learning to translate: the cross-entropy of each token of the right translation, given those
/// before it.
///
/// In training a network is told what is right, and in use what it said itself. To make it used to
/// that, it may be told its own likeliest tokens at some of the steps (scheduled sampling, Bengio
/// et al. 2015): a first pass, which is told what is right, gives these tokens for all steps at
/// once, and a second one learns (parallel scheduled sampling, Duckworth et al. 2019).
final class TranslateJob implements EpochsJob {
  /// The section `loss`.
  ///
  /// @param teacherForcing the share of steps at which the right token is told
  public record Loss(
      @Setting(value = "0.1", min = 0, max = 1, about = "share of each target given to all tokens")
          float labelSmoothing,
      @Setting(
              value = "1.0",
              min = 0.01,
              max = 1,
              about = "share of the right tokens that are told, else those that it says")
          float teacherForcing) {
    static Loss standard() {
      return Settings.defaults(Loss.class);
    }
  }

  /// How it learns.
  ///
  /// @param teacher whom it learns from beside what is right
  /// @param streams whether the training pairs are read anew each epoch
  record Plan(Loss loss, Optional<Teacher> teacher, TrainingSettings training, boolean streams) {}

  /// The floor learns from no more pairs than so many.
  private static final int MOST_FOR_FLOOR = 50_000;

  private final Plan plan;
  private final Source<Example> train;
  private final Translator translator;
  private final CrossEntropyLoss loss;
  private final Judged valid;
  private final Judged test;
  private final Epochs epochs;
  private final Map<PairReader.Fit, Long> seen;
  private final long cut; // sources of the test split that are longer than is read
  private Optional<List<String>> floor = Optional.empty(); // what it says of the test split

  TranslateJob(PairReader reader, Plan plan, DataSet<Example> examples, Seed seed) {
    this.plan = plan;
    plan.teacher.ifPresent(each -> each.requireSame(reader.target().vocabulary()));
    this.translator = new Translator(reader, Translator.network(reader, seed));
    this.valid = Judged.of(examples.valid());
    this.test = Judged.of(examples.test());
    this.loss =
        new CrossEntropyLoss()
            .withIgnoreIndex(Item.IGNORED)
            .withLabelSmoothing(plan.loss.labelSmoothing);
    this.cut = test.examples.stream().filter(each -> reader.read(each.source()).cut()).count();
    var pairs = examples.train().map(reader::read);
    if (plan.streams) {
      this.seen = counted(reader, pairs, _ -> {});
      var good = pairs.filter(pair -> reader.fit(pair) == PairReader.Fit.GOOD);
      this.train = good.map(PairReader.Pair::example);
      this.epochs = Epochs.streaming(good.map(this::item), plan.training);
    } else {
      var good = new ArrayList<Example>();
      var items = new ArrayList<Item>();
      this.seen =
          counted(
              reader,
              pairs,
              pair -> {
                good.add(pair.example());
                items.add(item(pair));
              });
      this.train = Source.of(good);
      this.epochs = Epochs.of(items, plan.training);
    }
  }

  private Item item(PairReader.Pair pair) {
    var item = translator.reader().item(pair);
    return plan.teacher.map(each -> each.item(item, pair.example().source())).orElse(item);
  }

  /// Pairs to judge by.
  ///
  /// @param left how many have nothing on either side, and are left out
  record Judged(List<Example> examples, int left) {
    static Judged of(Source<Example> all) {
      var some = all.toList();
      var kept =
          some.stream()
              .filter(each -> !each.source().isBlank() || !each.target().isBlank())
              .toList();
      return new Judged(kept, some.size() - kept.size());
    }
  }

  /// @param keep is given those that are good
  private static Map<PairReader.Fit, Long> counted(
      PairReader reader, Source<PairReader.Pair> pairs, Consumer<PairReader.Pair> keep) {
    var counts = new EnumMap<PairReader.Fit, Long>(PairReader.Fit.class);
    for (var fit : PairReader.Fit.values()) {
      counts.put(fit, 0L);
    }
    pairs.forEach(
        pair -> {
          var fit = reader.fit(pair);
          counts.merge(fit, 1L, Long::sum);
          if (fit == PairReader.Fit.GOOD) {
            keep.accept(pair);
          }
        });
    if (counts.getOrDefault(PairReader.Fit.GOOD, 0L) == 0) {
      throw new DataException(
          "translate: expected pairs to learn from with something on both sides and at most"
              + " tokens.max_length %,d tokens, got none; look at the columns, or raise it"
                  .formatted(reader.config().tokens().maxLength()));
    }
    return counts;
  }

  @Override
  public NnModule module() {
    return translator.network();
  }

  @Override
  public Epochs epochs() {
    return epochs;
  }

  @Override
  public Optional<Pads> pads() {
    return epochs.pads();
  }

  /// How many tokens are to be said.
  @Override
  public double weight(Batch batch) {
    return Arrays.stream(batch.ids(PairReader.NEXT).lengths()).sum();
  }

  @Override
  public Tensor loss(Batch batch) {
    var sources = translator.read(batch);
    var told = Columns.ids(batch, PairReader.TOLD); // (B,T)
    var spans = Columns.spans(batch, PairReader.TOLD);
    var head = translator.network().head();
    var given = told;
    if (plan.loss.teacherForcing < 1) {
      var said =
          Tape.noGrad(() -> head.forward(sources.hidden(told, spans)).argmax(-1, false)); // (B,T)
      given = mixed(told, said);
    }
    var hidden = sources.hidden(given, spans); // (B,T,H)
    var next = Columns.ids(batch, PairReader.NEXT); // (B,T)
    if (plan.teacher.isEmpty()) {
      return loss.of(hidden, head, next);
    }
    var logits = head.forward(hidden); // (B,T,V)
    return plan.teacher.get().loss(loss.of(logits, next), logits, batch);
  }

  /// The right tokens, at some steps with what was said at the step before in their place.
  private Ids mixed(Ids told, Ids said) {
    int steps = told.shape().dim(1);
    int[] mixed = told.toArray();
    int[] own = said.toArray();
    float[] kept = Tensor.ones(told.shape().dims()).dropout(1 - plan.loss.teacherForcing).toArray();
    for (int i = 0; i < mixed.length; i++) {
      if (kept[i] == 0 && i % steps > 0) { // what begins a sequence stays
        mixed[i] = own[i - 1];
      }
    }
    return Ids.of(mixed, told.shape());
  }

  @Override
  public Map<String, Double> evaluate() {
    return translator.greedy().judgement(valid.examples).metrics();
  }

  @Override
  public List<Metric> metrics() {
    return TranslateJudgement.KINDS;
  }

  @Override
  public Evaluation test() {
    return translator.evaluate(test.examples, floor);
  }

  /// A table of words, and nothing else.
  @Override
  public Floor floor() {
    var some = train.upTo(MOST_FOR_FLOOR, _ -> 1).toList();
    var table = WordTable.learn(some, translator.reader().config().scoring().lowerCase());
    var said = test.examples.stream().map(each -> table.translate(each.source())).toList();
    floor = Optional.of(said);
    String of =
        seen.getOrDefault(PairReader.Fit.GOOD, 0L) > MOST_FOR_FLOOR
            ? ", of %,d pairs".formatted(MOST_FOR_FLOOR)
            : "";
    var metrics = translator.judgement(test.examples, said).metrics();
    return new Floor("word by word, IBM model 1" + of, metrics);
  }

  @Override
  public Sizes sizes() {
    return new Sizes(
        seen.getOrDefault(PairReader.Fit.GOOD, 0L), valid.examples.size(), test.examples.size());
  }

  @Override
  public Translator predictor() {
    return translator;
  }

  @Override
  public List<String> notices() {
    var notices = new ArrayList<String>();
    long all = seen.values().stream().mapToLong(count -> count).sum();
    long empty = seen.getOrDefault(PairReader.Fit.EMPTY, 0L);
    if (empty > 0) {
      notices.add(
          "%,d of %,d training pairs have nothing on one side or on both, and are left out"
              .formatted(empty, all));
    }
    long longOnes = seen.getOrDefault(PairReader.Fit.LONG, 0L);
    if (longOnes > 0) {
      notices.add(
          "%,d of %,d training pairs have more than tokens.max_length %,d tokens on a side, and are left out"
              .formatted(longOnes, all, translator.reader().config().tokens().maxLength()));
    }
    if (valid.left + test.left > 0) {
      notices.add(
          "%,d pairs to validate and test have nothing on either side, and are left out"
              .formatted(valid.left + test.left));
    }
    var reader = translator.reader();
    reader.config().tokens().cutNotice(cut, test.examples.size()).ifPresent(notices::add);
    notices.addAll(reader.notices());
    return notices;
  }
}
