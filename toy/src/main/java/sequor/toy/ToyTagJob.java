package sequor.toy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.nn.CrossEntropyLoss;
import sequor.nn.NnModule;
import sequor.tasks.Columns;
import sequor.tasks.Epochs;
import sequor.tasks.EpochsJob;
import sequor.tasks.Evaluation;
import sequor.tasks.Floor;
import sequor.tasks.Metric;
import sequor.tasks.TrainingSettings;
import sequor.tensor.Tensor;
import sequor.text.Batch;

/// Learning to tag.
final class ToyTagJob implements EpochsJob {
  private final Tagger tagger;
  private final DataSet<Row> rows;
  private final Epochs epochs;

  ToyTagJob(Tagger tagger, DataSet<Row> rows, TrainingSettings training) {
    this.tagger = tagger;
    this.rows = rows;
    var items =
        rows.train().toList().stream()
            .map(
                row ->
                    tagger.item(row.field("words")).targets("tags", tagger.tags(row.field("tags"))))
            .toList();
    this.epochs = Epochs.of(items, training);
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
  public Tensor loss(Batch batch) {
    var logits = tagger.network().forward(Columns.inputs(batch)); // (B,T,C)
    return new CrossEntropyLoss().of(logits, Columns.ids(batch, "tags"));
  }

  @Override
  public Map<String, Double> evaluate() {
    return tagger.evaluate(rows.valid()).metrics();
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Metric.high("accuracy"));
  }

  @Override
  public Sizes sizes() {
    return new Sizes(
        rows.train().toList().size(), rows.valid().toList().size(), rows.test().toList().size());
  }

  @Override
  public Tagger predictor() {
    return tagger;
  }

  /// The tag that is most frequent, for every word.
  @Override
  public Floor floor() {
    var counts = new HashMap<String, Integer>();
    for (var row : rows.train().toList()) {
      List.of(row.field("tags").split(" ", -1)).forEach(tag -> counts.merge(tag, 1, Integer::sum));
    }
    String most =
        counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    var tags =
        rows.test().toList().stream()
            .flatMap(row -> List.of(row.field("tags").split(" ", -1)).stream())
            .toList();
    double right = tags.stream().filter(most::equals).count();
    return new Floor("the most frequent tag", Map.of("accuracy", right / tags.size()));
  }

  @Override
  public Evaluation test() {
    return tagger.evaluate(rows.test());
  }
}
