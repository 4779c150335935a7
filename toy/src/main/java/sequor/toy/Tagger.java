package sequor.toy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import sequor.data.Row;
import sequor.data.Source;
import sequor.json.JsonObject;
import sequor.models.Encoder;
import sequor.models.Inputs;
import sequor.nn.Linear;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.store.ModelDirectory;
import sequor.tasks.Columns;
import sequor.tasks.Evaluation;
import sequor.tasks.Predictor;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.text.Batch;
import sequor.text.Item;
import sequor.text.Labels;
import sequor.text.Padding;
import sequor.text.Tokenizer;

/// Says the tag of each word.
public final class Tagger implements Predictor<String, Tagged> {
  /// Vectors of words to logits of tags: (B,T,H) → (B,T,C).
  public record Network(Encoder encoder, Linear head) implements NnModule {
    public Tensor forward(Inputs inputs) {
      return head.forward(encoder.encode(inputs).hidden());
    }

    @Override
    public Parts parts() {
      return Parts.of("encoder", encoder).and("head", head);
    }
  }

  private final JsonObject config;
  private final Tokenizer tokenizer;
  private final Labels tags;
  private final Network network;

  Tagger(JsonObject config, Tokenizer tokenizer, Labels tags, Network network) {
    this.config = config;
    this.tokenizer = tokenizer;
    this.tags = tags;
    this.network = network;
  }

  Item item(String words) {
    return new Item().ids(Inputs.TEXT, tokenizer.encode(words).ids(), tokenizer.vocabulary().pad());
  }

  int[] tags(String row) {
    return row.isEmpty()
        ? new int[0]
        : List.of(row.split(" ", -1)).stream().mapToInt(tags::id).toArray();
  }

  Labels tags() {
    return tags;
  }

  @Override
  public List<Tagged> predict(List<String> sentences) {
    if (sentences.isEmpty()) {
      return List.of();
    }
    var batch = Batch.of(sentences.stream().map(this::item).toList(), Padding.RIGHT);
    var best = // (B,T)
        Tape.inference(() -> network.forward(Columns.inputs(batch)).argmax(2, false));
    return IntStream.range(0, sentences.size())
        .mapToObj(
            b ->
                new Tagged(
                    sentences.get(b),
                    IntStream.range(0, batch.ids(Inputs.TEXT).lengths()[b])
                        .mapToObj(t -> tags.name(best.get(b, t)))
                        .toList()))
        .toList();
  }

  @Override
  public Evaluation evaluate(Source<Row> rows) {
    var all = rows.toList();
    var said = predict(all.stream().map(this::input).toList());
    int right = 0;
    int count = 0;
    var predictions = new ArrayList<List<String>>();
    for (int i = 0; i < all.size(); i++) {
      var gold = List.of(all.get(i).field("tags").split(" ", -1));
      for (int t = 0; t < gold.size(); t++) {
        right += gold.get(t).equals(said.get(i).tags().get(t)) ? 1 : 0;
        count++;
      }
      predictions.add(
          List.of(said.get(i).words(), all.get(i).field("tags"), said.get(i).cells(1).get(1)));
    }
    return new Evaluation(
        Map.of("accuracy", right / (double) Math.max(1, count)),
        List.of(),
        new Evaluation.Predictions(List.of("words", "tags", "predicted"), predictions));
  }

  @Override
  public String input(String text) {
    return text;
  }

  @Override
  public String input(Row row) {
    return row.field("words");
  }

  @Override
  public List<String> columns() {
    return List.of("words");
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public JsonObject config() {
    return config;
  }

  @Override
  public String pipeline() {
    return "token-classification";
  }

  @Override
  public void save(ModelDirectory directory) {
    directory.writeWeights(network.parameters());
    tokenizer.save(directory.tokens());
    tags.save(directory.labels());
    directory.config().write(config);
  }

  @Override
  public String snippet(String path) {
    return "Models.load(Path.of(\"%s\"), Tagger.class).predict(\"the-old-boat\").tags();"
        .formatted(path);
  }
}
