package sequor.tasks.tag;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import sequor.Seed;
import sequor.data.DataException;
import sequor.data.DataSet;
import sequor.data.Source;
import sequor.models.Inputs;
import sequor.models.TagParts;
import sequor.nn.CrossEntropyLoss;
import sequor.nn.NnModule;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tasks.Columns;
import sequor.tasks.Epochs;
import sequor.tasks.EpochsJob;
import sequor.tasks.Evaluation;
import sequor.tasks.Floor;
import sequor.tasks.Job;
import sequor.tasks.Metric;
import sequor.tasks.Pretrained;
import sequor.tasks.TrainingSettings;
import sequor.tensor.Tensor;
import sequor.text.Batch;
import sequor.text.Item;
import sequor.text.Labels;

/// Learning to say which tag a word has: the cross-entropy of the right one, over all words of a
/// batch.
final class TagJob implements EpochsJob {
  private static final String TARGET = "target";

  /// What counts how much in training: the section `loss`.
  public record Loss(
      @Setting(value = "0.0", min = 0, max = 1, about = "share of each target given to all tags")
          float labelSmoothing) {
    static Loss standard() {
      return Settings.defaults(Loss.class);
    }
  }

  /// How it learns.
  ///
  /// @param floor the simple method beside it
  /// @param spelling how tags of spans are written
  /// @param streams whether the training sentences are read anew each epoch
  /// @param refits whether it learns once more, from the validation sentences too
  record Plan(
      Loss loss,
      TrainingSettings training,
      FloorSettings floor,
      TagSpelling spelling,
      boolean streams,
      boolean refits) {}

  /// A floor that did not learn from the validation sentences, and what it says of the test split.
  private record Chosen(Floor floor, Optional<String[][]> said) {}

  /// Floors learn from no more sentences than so many.
  private static final int MOST_FOR_FLOOR = 20_000;

  private final Plan plan;
  private final Seed seed;
  private final Optional<Chosen> chosen; // of what learns from the validation sentences too
  private final Source<Example> train;
  private final Tagger tagger;
  private final CrossEntropyLoss loss;
  private final Optional<Pretrained> vectors;
  private final List<Example> valid;
  private final List<Example> test;
  private final Epochs epochs;
  private final Seen seen;
  private Optional<String[][]> floor = Optional.empty(); // what it says of the test split

  TagJob(
      WordReader reader,
      Plan plan,
      Optional<Pretrained> vectors,
      DataSet<Example> examples,
      Seed seed) {
    this(reader, plan, vectors, examples, seed, Optional.empty());
  }

  private TagJob(
      WordReader reader,
      Plan plan,
      Optional<Pretrained> vectors,
      DataSet<Example> examples,
      Seed seed,
      Optional<Chosen> chosen) {
    var train = examples.train();
    this.plan = plan;
    this.seed = seed;
    this.chosen = chosen;
    this.train = train;
    this.seen = Seen.of(reader, train);
    this.vectors = vectors;
    this.tagger =
        new Tagger(
            reader,
            seen.labels(),
            seen.lexicon(),
            plan.spelling,
            Tagger.network(
                reader, seen.labels(), seen.lexicon(), vectors.map(Pretrained::vectors), seed));
    this.valid = examples.valid().toList();
    this.test = examples.test().toList();
    this.loss = new CrossEntropyLoss().withLabelSmoothing(plan.loss.labelSmoothing());
    this.epochs =
        plan.streams
            ? Epochs.streaming(train.map(this::item), plan.training)
            : Epochs.of(items(train.toList()), plan.training);
  }

  /// What the training sentences hold.
  ///
  /// @param lexicon which tags words have
  /// @param longOnes sentences of which not all is learned from
  /// @param several sentences of more than one word
  record Seen(long sentences, long longOnes, long several, Labels labels, Lexicon lexicon) {
    static Seen of(WordReader reader, Source<Example> train) {
      var names = new TreeSet<String>();
      long[] sentences = new long[3];
      train.forEach(
          example -> {
            names.addAll(example.tags());
            sentences[0]++;
            sentences[1] += example.tokens().size() > reader.end(example.tokens(), 0) ? 1 : 0;
            sentences[2] += example.tokens().size() > 1 ? 1 : 0;
          });
      if (names.isEmpty()) {
        throw new DataException("tag: expected sentences with tags to learn from, got none");
      }
      var labels = Labels.of(names);
      var vocabulary = reader.words().vocabulary();
      var lexicon = new Lexicon.Builder(vocabulary, labels.size());
      train.forEach(
          example -> {
            for (int t = 0; t < example.tags().size(); t++) {
              int id = reader.id(example.tokens().get(t));
              lexicon.add(id, labels.id(example.tags().get(t)));
            }
          });
      return new Seen(sentences[0], sentences[1], sentences[2], labels, lexicon.build());
    }
  }

  private List<Item> items(List<Example> examples) {
    var items = new ArrayList<Item>();
    for (var example : examples) {
      if (!example.tokens().isEmpty()) {
        items.add(item(example));
      }
    }
    return items;
  }

  /// The first words of a long sentence.
  private Item item(Example example) {
    int length = tagger.reader().end(example.tokens(), 0);
    int[] tags = new int[length];
    for (int t = 0; t < length; t++) {
      tags[t] = tagger.labels().id(example.tags().get(t));
    }
    return tagger.reader().item(example.tokens().subList(0, length)).targets(TARGET, tags);
  }

  @Override
  public NnModule module() {
    return tagger.network();
  }

  @Override
  public Epochs epochs() {
    return epochs;
  }

  @Override
  public Optional<Pads> pads() {
    return epochs.pads();
  }

  /// How many words it has.
  @Override
  public double weight(Batch batch) {
    return Arrays.stream(batch.ids(Inputs.TEXT).lengths()).sum();
  }

  @Override
  public Tensor loss(Batch batch) {
    var inputs = Columns.inputs(batch);
    var targets = Columns.ids(batch, TARGET); // (B,T)
    return tagger.members().mean(member -> member.loss(inputs, targets, loss));
  }

  @Override
  public Map<String, Double> evaluate() {
    return chosen.isPresent() ? Map.of() : tagger.judgement(valid).metricsWithLoss();
  }

  @Override
  public List<Metric> metrics() {
    return TagJudgement.kinds(plan.spelling.learned(), true);
  }

  @Override
  public Optional<Job> again() {
    if (!plan.refits || chosen.isPresent()) {
      return Optional.empty();
    }
    var simple = floor();
    var all = train.and(Source.of(valid)).toList();
    return Optional.of(
        new TagJob(
            tagger.reader(),
            plan,
            vectors,
            DataSet.of(all, List.<Example>of(), test),
            seed,
            Optional.of(new Chosen(simple, floor))));
  }

  @Override
  public Evaluation test() {
    return tagger.evaluate(test, floor);
  }

  @Override
  public Floor floor() {
    if (chosen.isPresent()) {
      floor = chosen.get().said;
      return chosen.get().floor;
    }
    var some = train.upTo(MOST_FOR_FLOOR, _ -> 1).toList();
    var simple = plan.floor.train(some, valid, seed);
    String[][] said = said(simple);
    floor = Optional.of(said);
    String of =
        seen.sentences > MOST_FOR_FLOOR ? ", of %,d sentences".formatted(MOST_FOR_FLOOR) : "";
    var counted = MostFrequentTag.train(some);
    String beside =
        plan.floor.method() == FloorSettings.Method.MOST_FREQUENT
            ? ""
            : "; %s: accuracy %.4f".formatted(counted.method(), counted.accuracy(test));
    return new Floor(simple.method() + of + beside, tagger.judgement(test, said).metrics());
  }

  private String[][] said(TagFloor simple) {
    return test.stream()
        .map(example -> simple.tag(example.tokens()).toArray(String[]::new))
        .toArray(String[][]::new);
  }

  @Override
  public Sizes sizes() {
    return new Sizes(seen.sentences, valid.size(), test.size());
  }

  @Override
  public Tagger predictor() {
    return tagger;
  }

  @Override
  public List<String> notices() {
    var notices = new ArrayList<String>();
    if (seen.longOnes > 0) {
      notices.add(
          "%,d of %,d training sentences have more than %s, of which only the"
                  .formatted(seen.longOnes, seen.sentences, tagger.reader().limit())
              + " first are learned from");
    }
    notices.addAll(tagger.reader().words().notices());
    vectors.ifPresent(known -> notices.addAll(known.notices()));
    notices.addAll(tagger.reader().config().notices());
    if (seen.labels.size() == 1) {
      notices.add("all training words have the tag " + seen.labels.name(0));
    }
    if (seen.several == 0) {
      notices.add(
          "no training sentence has more than one word; name what stands between words with"
              + " data.between, or take a format with a word a line");
    }
    notices.addAll(tagger.labels().notices());
    var between = tagger.reader().config().more().tagParts();
    if (!between.isEmpty() && TagParts.Made.of(seen.labels.names(), between).isEmpty()) {
      notices.add(
          "model.tag_parts: no two tags, such as %s, share parts at '%s', so nothing is shared"
              .formatted(seen.labels.name(0), between));
    }
    notices.addAll(plan.spelling.notices(valid, "validation"));
    notices.addAll(plan.spelling.notices(test, "test"));
    var tags = test.stream().map(Example::tags).toList();
    notices.addAll(TagJudgement.unlearned(tagger.labels(), tags, "the test split", "word"));
    return notices;
  }
}
