package sequor.tasks.pretrain;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import sequor.Seed;
import sequor.data.Row;
import sequor.data.Source;
import sequor.json.JsonObject;
import sequor.models.InputSize;
import sequor.models.Inputs;
import sequor.models.MaskedLanguageModel;
import sequor.settings.Settings;
import sequor.store.ModelDirectory;
import sequor.tasks.Columns;
import sequor.tasks.Evaluation;
import sequor.tasks.Models;
import sequor.tasks.Predictor;
import sequor.tasks.PublishedBert;
import sequor.tasks.Reading;
import sequor.tasks.TaskException;
import sequor.tasks.Tokenizes;
import sequor.tensor.Ids;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.text.Batch;
import sequor.text.Batches;
import sequor.text.Encoding;
import sequor.text.Item;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;

/// Says what may stand in the gaps of a text.
///
/// ```java
/// var filler = MaskFiller.load(Path.of("runs/bert-pretrain"));
/// filler.fill("the old [MASK] sank.").tokens();                 // [boat]
/// ```
public final class MaskFiller implements Predictor<String, Filled>, Tokenizes {
  /// What decides which tokens of a test split are hidden, whenever it is asked.
  static final Seed TEST = new Seed(0).child("test");

  private static final String GAP = "[MASK]";
  private static final int MOST_CANDIDATES = 20;
  private static final int BATCH = 32; // texts that are asked for at once

  private final PretrainConfig config;
  private final Tokenizer tokenizer;
  private final MaskedLanguageModel network;

  /// One that has learned nothing yet.
  MaskFiller(PretrainConfig config, Tokenizer tokenizer, Seed seed) {
    this.config = config;
    this.tokenizer = tokenizer;
    var vocabulary = tokenizer.vocabulary();
    this.network =
        new MaskedLanguageModel(
            config.encoder(),
            InputSize.ofIds(vocabulary.size(), vocabulary.pad()),
            seed.child("parameters").generator());
  }

  /// Loads a run's model, or a model directory itself.
  ///
  /// @throws TaskException if there is none, or it is of another task
  public static MaskFiller load(Path runOrModel) {
    return Models.load(runOrModel, MaskFiller.class);
  }

  static MaskFiller load(ModelDirectory directory, Settings settings) {
    var filler =
        new MaskFiller(
            PretrainConfig.of(settings), Tokenizer.load(directory.tokens()), new Seed(0));
    PublishedBert.readWeights(directory, filler.published());
    return filler;
  }

  /// Its parameters by the names that they have in the encoder, or below `head`.
  Map<String, Tensor> published() {
    var all = new LinkedHashMap<>(network.encoder().parameters());
    network
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (name.startsWith("head.")) {
                all.put(name, parameter);
              }
            });
    return all;
  }

  PretrainConfig configuration() {
    return config;
  }

  /// How its text becomes ids.
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /// The ids of a text in pieces that can be read, each between two marks.
  List<int[]> pieces(String text) {
    int[] ids = tokenizer.encode(text).ids();
    int most = config.tokens().maxLength();
    var pieces = new ArrayList<int[]>();
    for (int from = 0; from < ids.length; from += most) {
      int length = Math.min(most, ids.length - from);
      int[] piece = new int[length + 2];
      piece[0] = tokenizer.vocabulary().bos();
      System.arraycopy(ids, from, piece, 1, length);
      piece[length + 1] = tokenizer.vocabulary().eos();
      pieces.add(piece);
    }
    return pieces;
  }

  /// What it reads of pieces, some of whose tokens are hidden.
  List<Item> items(List<int[]> pieces, Seed masks) {
    return config.masking().items(pieces, tokenizer.vocabulary(), masks);
  }

  // Gaps

  /// What may stand where a text has `[MASK]`.
  ///
  /// @throws TaskException if it has none
  public Filled fill(String text) {
    return predict(text);
  }

  @Override
  public List<Filled> predict(List<String> texts) {
    var items = texts.stream().map(this::asked).toList();
    var filled = new Filled[items.size()];
    for (var batch : Batches.of(items).withSize(BATCH).byLength()) {
      var hidden = Hidden.of(batch);
      float[] said = said(batch, hidden.places(), Tensor::softmax).toArray(); // (M,V)
      var gaps = new ArrayList<List<List<Filled.Candidate>>>();
      for (int b = 0; b < batch.size(); b++) {
        gaps.add(new ArrayList<>());
      }
      int steps = batch.ids(Masking.TARGET).steps();
      for (int m = 0; m < hidden.places().shape().size(); m++) {
        gaps.get(hidden.places().get(m) / steps).add(best(said, m));
      }
      for (int b = 0; b < batch.size(); b++) {
        int row = batch.rows()[b];
        filled[row] = new Filled(texts.get(row), gaps.get(b));
      }
    }
    return Arrays.asList(filled);
  }

  /// The text with its gaps, which are what is to be said.
  private Item asked(String text) {
    var vocabulary = tokenizer.vocabulary();
    int mask = vocabulary.special("mask");
    var parts = text.split("\\[MASK]", -1);
    Encoding encoding = tokenizer.encode(parts[0]);
    for (int i = 1, at = parts[0].length(); i < parts.length; i++) {
      at += GAP.length();
      encoding = encoding.joined(mask, tokenizer.encode(parts[i]), at);
      at += parts[i].length();
    }
    var read = encoding.first(config.tokens().maxLength());
    int[] ids = read.marked(vocabulary.bos(), vocabulary.eos()).ids();
    int[] targets = Arrays.stream(ids).map(id -> id == mask ? mask : Item.IGNORED).toArray();
    if (Arrays.stream(targets).allMatch(target -> target == Item.IGNORED)) {
      throw new TaskException(
          "fill: expected a text with %s in its first %d tokens, got \"%s\"; write it where a token is to be said"
              .formatted(
                  GAP,
                  config.tokens().maxLength(),
                  text.length() > 60 ? text.substring(0, 60) + "…" : text));
    }
    return new Item().ids(Inputs.TEXT, ids, vocabulary.pad()).targets(Masking.TARGET, targets);
  }

  private List<Filled.Candidate> best(float[] said, int m) {
    int size = tokenizer.vocabulary().size();
    return IntStream.range(0, size)
        .filter(id -> !tokenizer.vocabulary().isSpecial(id))
        .boxed()
        .sorted(Comparator.comparingDouble((Integer id) -> said[m * size + id]).reversed())
        .limit(MOST_CANDIDATES)
        .map(id -> new Filled.Candidate(tokenizer.vocabulary().token(id), said[m * size + id]))
        .toList();
  }

  // Judging

  /// What is said of places.
  ///
  /// @param activation makes it of their logits // (M,V)
  private Tensor said(Batch batch, Ids places, UnaryOperator<Tensor> activation) {
    return Tape.inference(
        () -> {
          var hidden = network.hidden(Columns.inputs(batch), places);
          return activation.apply(network.output().forward(hidden));
        });
  }

  /// How well the hidden tokens of items are said.
  Judgement judged(List<Item> items) {
    int size = tokenizer.vocabulary().size();
    var judgement = new Judgement(tokenizer.vocabulary());
    for (var batch : Batches.of(items).withSize(BATCH).byLength()) {
      var hidden = Hidden.of(batch);
      float[] said = said(batch, hidden.places(), Tensor::logSoftmax).toArray(); // (M,V)
      for (int m = 0; m < hidden.targets().shape().size(); m++) {
        int best = 0;
        for (int id = 1; id < size; id++) {
          best = said[m * size + id] > said[m * size + best] ? id : best;
        }
        int target = hidden.targets().get(m);
        judgement.add(target, said[m * size + target], best);
      }
    }
    return judgement;
  }

  /// The tokens of items that are to be said.
  List<int[]> targets(List<Item> items) {
    var targets = new ArrayList<int[]>();
    for (var batch : Batches.of(items).withSize(BATCH).byLength()) {
      targets.add(Hidden.of(batch).targets().toArray());
    }
    return targets;
  }

  @Override
  public Evaluation evaluate(Source<Row> rows) {
    var pieces = new ArrayList<int[]>();
    rows.forEach(row -> pieces.addAll(pieces(row.field(config.textColumn()))));
    return judged(items(pieces, TEST)).evaluation();
  }

  // The predictor

  @Override
  public Reading reading(String text) {
    var settings = TokenSettings.standard().withMaxLength(config.tokens().maxLength());
    return Reading.of(tokenizer, settings, true, text);
  }

  @Override
  public String input(String text) {
    return text;
  }

  @Override
  public String example() {
    return "a text with a " + GAP + " in it";
  }

  @Override
  public String input(Row row) {
    return row.field(config.textColumn());
  }

  @Override
  public List<String> columns() {
    return List.of(config.textColumn());
  }

  @Override
  public MaskedLanguageModel network() {
    return network;
  }

  /// With the keys of a published model too.
  @Override
  public JsonObject config() {
    return config.json().with(PublishedBert.json(config.encoder(), tokenizer));
  }

  @Override
  public String pipeline() {
    return "fill-mask";
  }

  @Override
  public void save(ModelDirectory directory) {
    PublishedBert.writeWeights(directory, published());
    tokenizer.save(directory.tokens());
    directory.config().write(config());
  }

  @Override
  public String snippet(String path) {
    return """
    var filler = MaskFiller.load(Path.of("%s"));
    IO.println(filler.fill("%s").tokens());\
    """
        .formatted(path, example());
  }
}
