package sequor.recipes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import sequor.json.JsonObject;
import sequor.nn.NnModule;
import sequor.store.ModelDirectory;
import sequor.tensor.Seed;
import sequor.text.Batches;
import sequor.text.Codec;
import sequor.text.Labels;
import sequor.text.Sequence;

/// Says which label a text has.
public final class Classifier implements Trained {
  static final String TASK = "classify";
  private static final int BATCH = 256;

  /// What the classifier says of one text.
  ///
  /// @param cut whether the text is longer than what the classifier reads
  /// @param probabilities of all labels, the likeliest first
  public record Prediction(String text, boolean cut, List<Scored> probabilities) {
    /// The likeliest label.
    public String label() {
      return probabilities.getFirst().label();
    }
  }

  /// A label and its probability, from 0 to 1.
  public record Scored(String label, double probability) {}

  private final JsonObject config;
  private final boolean marks;
  private final int maxLength;
  private final Codec codec;
  private final Labels labels;
  private final Members<TextClassifier> network;

  /// A classifier that has learned nothing yet.
  ///
  /// @param settings with the sections `tokens` and `model`
  Classifier(Settings settings, JsonObject config, Codec codec, Labels labels, Seed seed) {
    var tokens = settings.section("tokens");
    this.config = config;
    this.marks = tokens.flag("marks");
    this.maxLength = tokens.wholeNumber("max_length", 1, Integer.MAX_VALUE);
    this.codec = codec;
    this.labels = labels;
    var model = settings.section("model");
    var sizes = TextClassifier.Config.of(model, codec.vocabulary().size(), labels.size());
    int members = model.wholeNumber("members", 1, 100);
    this.network =
        Members.of(members, seed.child("parameters"), random -> new TextClassifier(sizes, random));
  }

  static Classifier load(ModelDirectory directory, JsonObject config) throws IOException {
    var codec = Codec.load(directory.tokenizer().path());
    var labels = Labels.load(directory.labels().path());
    var settings = ModelConfig.settings(directory, config);
    var classifier = new Classifier(settings, config, codec, labels, new Seed(0));
    directory.loadWeights(classifier.network.parameters());
    return classifier;
  }

  /// What it says of one text.
  public Prediction predict(String text) {
    return predict(List.of(text)).getFirst();
  }

  /// What it says of each text, in order.
  public List<Prediction> predict(List<String> texts) {
    var whole = texts.stream().map(codec::encode).toList();
    double[][] rows = probabilities(whole.stream().map(ids -> Sequence.of(read(ids))).toList());
    return IntStream.range(0, rows.length)
        .mapToObj(
            i -> new Prediction(texts.get(i), whole.get(i).length > maxLength, ranked(rows[i])))
        .toList();
  }

  /// The labels it tells apart.
  public Labels labels() {
    return labels;
  }

  private List<Scored> ranked(double[] row) {
    var ranked = new ArrayList<Scored>();
    for (int i = 0; i < row.length; i++) {
      ranked.add(new Scored(labels.name(i), row[i]));
    }
    ranked.sort(Comparator.comparingDouble(Scored::probability).reversed());
    return List.copyOf(ranked);
  }

  /// The probabilities of the classes of each sequence, in the order given.
  double[][] probabilities(List<Sequence> sequences) {
    double[][] rows = new double[sequences.size()][];
    for (var batch : Batches.of(sequences).withSize(BATCH).byLength()) {
      var ids = Batched.ids(batch);
      var spans = Batched.spans(batch);
      var means = network.mean(member -> member.forward(ids, spans).softmax()); // (B,C)
      float[] values = means.toArray();
      for (int b = 0; b < batch.batch(); b++) {
        double[] row = new double[labels.size()];
        for (int c = 0; c < row.length; c++) {
          row[c] = values[b * row.length + c];
        }
        rows[batch.rows()[b]] = row;
      }
    }
    return rows;
  }

  /// The part of a text that it reads.
  String read(String text) {
    var tokens = codec.tokenizer().tokens(text);
    return tokens.size() <= maxLength ? text : codec.tokenizer().text(tokens.subList(0, maxLength));
  }

  int[] encode(String text) {
    return read(codec.encode(text));
  }

  private int[] read(int[] whole) {
    int[] ids = Tokens.cut(whole, maxLength);
    return marks ? Tokens.marked(ids) : ids;
  }

  @Override
  public String task() {
    return TASK;
  }

  @Override
  public Codec codec() {
    return codec;
  }

  @Override
  public NnModule network() {
    return network;
  }

  Members<TextClassifier> members() {
    return network;
  }

  @Override
  public JsonObject config() {
    return config;
  }
}
