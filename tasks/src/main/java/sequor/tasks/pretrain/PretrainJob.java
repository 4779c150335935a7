package sequor.tasks.pretrain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import sequor.InOrder;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.Source;
import sequor.nn.CrossEntropyLoss;
import sequor.nn.NnModule;
import sequor.tasks.Columns;
import sequor.tasks.Epochs;
import sequor.tasks.Evaluation;
import sequor.tasks.Floor;
import sequor.tasks.Job;
import sequor.tasks.Metric;
import sequor.tasks.TrainingSettings;
import sequor.tensor.Tensor;
import sequor.text.Batch;
import sequor.text.Item;
import sequor.train.Feed;

/// Learning to say hidden tokens: the cross-entropy of the right ones, over all that are hidden in
/// a batch.
final class PretrainJob implements Job {
  /// Pieces of texts that validate, and as many that test: more tell no more.
  private static final int MOST_JUDGED = 10_000;

  private final MaskFiller filler;
  private final TrainingSettings training;
  private final Seed seed;
  private final List<int[]> train;
  private final List<int[]> valid;
  private final List<int[]> test;
  private final OptionalLong count; // batches of an epoch
  private final Optional<Pads> pads;
  private final CrossEntropyLoss loss = new CrossEntropyLoss();

  PretrainJob(MaskFiller filler, TrainingSettings training, DataSet<String> texts, Seed seed) {
    this.filler = filler;
    this.training = training;
    this.seed = seed;
    this.train = pieces(texts.train());
    this.valid = first(pieces(texts.valid()));
    this.test = first(pieces(texts.test()));
    var any = epochs(seed); // what is hidden changes no length
    this.count = any.count();
    this.pads = any.pads();
  }

  private Epochs epochs(Seed masks) {
    return Epochs.of(filler.items(train, masks), training);
  }

  private List<int[]> pieces(Source<String> texts) {
    var all = new ArrayList<int[]>();
    InOrder.forEach(texts.iterable(), String::length, filler::pieces, all::addAll);
    return all;
  }

  private static List<int[]> first(List<int[]> pieces) {
    return List.copyOf(pieces.subList(0, Math.min(MOST_JUDGED, pieces.size())));
  }

  @Override
  public NnModule module() {
    return filler.network();
  }

  /// Hidden anew.
  @Override
  public Feed<Batch> batches(int epoch, RandomGenerator random) {
    return epochs(new Seed(random.nextLong())).next(random);
  }

  @Override
  public OptionalLong batchesPerEpoch() {
    return count;
  }

  @Override
  public Optional<Pads> pads() {
    return pads;
  }

  /// How many tokens are to be said.
  @Override
  public double weight(Batch batch) {
    return Arrays.stream(batch.ids(Masking.TARGET).ids()).filter(id -> id != Item.IGNORED).count();
  }

  @Override
  public Tensor loss(Batch batch) {
    var asked = Hidden.of(batch);
    var hidden = filler.network().hidden(Columns.inputs(batch), asked.places()); // (M,H)
    return loss.of(hidden, filler.network().output(), asked.targets());
  }

  /// The same tokens are hidden each time.
  @Override
  public Map<String, Double> evaluate() {
    return filler.judged(filler.items(valid, seed.child("valid"))).metrics();
  }

  @Override
  public List<Metric> metrics() {
    return Judgement.kinds();
  }

  @Override
  public Evaluation test() {
    return filler.judged(filler.items(test, MaskFiller.TEST)).evaluation();
  }

  /// Says the most frequent token of the training texts everywhere; its loss is that of the
  /// frequencies, to each of which one was added.
  @Override
  public Floor floor() {
    long[] counts = new long[filler.tokenizer().vocabulary().size()];
    long all = counts.length;
    for (int[] ids : train) {
      for (int t = 1; t < ids.length - 1; t++) {
        counts[ids[t]]++;
        all++;
      }
    }
    int best = 0;
    for (int id = 1; id < counts.length; id++) {
      best = counts[id] > counts[best] ? id : best;
    }
    double sum = 0;
    long right = 0;
    long said = 0;
    for (var item : filler.targets(filler.items(test, MaskFiller.TEST))) {
      for (int id : item) {
        sum -= Math.log((counts[id] + 1.0) / all);
        right += id == best ? 1 : 0;
        said++;
      }
    }
    var metrics = new LinkedHashMap<String, Double>();
    metrics.put(Judgement.LOSS, sum / Math.max(1, said));
    metrics.put(Judgement.ACCURACY, (double) right / Math.max(1, said));
    var token = filler.tokenizer().vocabulary().token(best);
    return new Floor("how frequent tokens are; most: %s".formatted(token), metrics);
  }

  @Override
  public Sizes sizes() {
    return new Sizes(train.size(), valid.size(), test.size());
  }

  @Override
  public MaskFiller predictor() {
    return filler;
  }

  @Override
  public List<String> notices() {
    return filler.tokenizer().notices();
  }
}
