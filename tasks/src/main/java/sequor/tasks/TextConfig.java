package sequor.tasks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import sequor.Seed;
import sequor.data.DataSettings;
import sequor.data.Row;
import sequor.data.Source;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.models.BertEncoder;
import sequor.models.Encoder;
import sequor.models.EncoderConfig;
import sequor.models.EncoderKind;
import sequor.models.Ensemble;
import sequor.models.InputSize;
import sequor.models.SequenceClassifier;
import sequor.models.TokenVectors;
import sequor.settings.Section;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.text.Batches;
import sequor.text.Item;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;

/// What a model is that says something of a text as a whole, or of two: what it reads, and with
/// what. Tasks of this kind share it, and add what they say.
///
/// @param data the section `data`, with the columns that are read
/// @param tokens how texts become ids, but for what cuts them
/// @param written all that was written of that, so that it is kept too
/// @param marks whether `<bos>` and `<eos>` stand around every text
/// @param vectors what the tokens' vectors began as
/// @param start what the encoder begins as; none of one that learns from nothing, or has learned
public record TextConfig(
    JsonObject data,
    TokenSettings tokens,
    JsonObject written,
    Marks marks,
    EncoderConfig encoder,
    SequenceClassifier.Head head,
    VectorSettings vectors,
    Extra extra,
    Optional<PublishedBert> start) {

  private static final int BATCH = 256; // items that are asked for at once

  /// The columns that are read: keys of the section `data`.
  public record Columns(
      @Setting(value = "text", about = "the column that is read") String text,
      @Setting(value = "", about = "the column of a second text that is read with it, or none")
          String pair) {}

  /// Keys of the section `tokens`.
  public record Marks(
      @Setting(value = "true", about = "whether <bos> and <eos> stand around every text")
          boolean marks,
      @Setting(
              value = "false",
              about = "whether shorter texts get max_length too, by <pad>s that are read")
          boolean fixedLength) {
    /// Around every text, which keeps its length.
    public static Marks standard() {
      return Settings.defaults(Marks.class);
    }
  }

  /// A key of the section `model`.
  public record Extra(
      @Setting(
              value = "0",
              min = 0,
              max = 1 << 24,
              about =
                  "first words of frozen vectors that are known though no training text has them")
          int vectorsExtra) {
    /// None of them.
    public static Extra none() {
      return new Extra(0);
    }
  }

  /// What reads texts, as it begins to learn.
  ///
  /// @param config whose embedding has the size of the vectors, if there are any
  /// @param tokenizer which knows the training texts
  /// @param vectors what its tokens' vectors begin as
  public record Begun(TextConfig config, Tokenizer tokenizer, Optional<Pretrained> vectors) {
    /// What an embedding begins with.
    public Optional<TokenVectors> tokenVectors() {
      return vectors.map(Pretrained::vectors);
    }

    /// The same that cuts texts which are longer than its encoder reads.
    Begun fitting() {
      int most = config.encoder.mostSteps() - config.around();
      return config.tokens.maxLength() <= most
          ? this
          : new Begun(
              config.with(config.tokens.withMaxLength(Math.max(1, most))), tokenizer, vectors);
    }
  }

  /// The keys of the section `data`, but for what is to be predicted.
  public static Section dataSection() {
    return DataSettings.section().and(Columns.class);
  }

  public static Section tokensSection() {
    return TokenSettings.section().and(Marks.class);
  }

  /// The keys of the section `model` that say what reads.
  public static Section modelSection() {
    return Section.none()
        .choosing("encoder", "recurrent", "what reads the text", EncoderKind.all())
        .and(SequenceClassifier.Head.class)
        .and(VectorSettings.class)
        .and(Extra.class);
  }

  /// What the sections `data`, `tokens` and `model` say.
  public static TextConfig of(Settings settings) {
    var tokens = settings.section("tokens");
    var model = settings.section("model");
    return new TextConfig(
        settings.section("data").values(),
        tokens.as(TokenSettings.class),
        tokens.values(),
        tokens.as(Marks.class),
        EncoderKind.all().get(model.text("encoder")).config(model),
        model.as(SequenceClassifier.Head.class),
        model.as(VectorSettings.class),
        model.as(Extra.class),
        Optional.empty());
  }

  /// One for examples made in a program.
  ///
  /// @param vectors what the tokens' vectors begin as
  /// @param pairs whether each of them has two texts
  /// @param predicted the columns of what is to be predicted, a record of keys with defaults
  public static TextConfig of(
      TokenSettings tokens,
      EncoderConfig encoder,
      SequenceClassifier.Head head,
      VectorSettings vectors,
      boolean pairs,
      Class<? extends Record> predicted) {
    var columns = Settings.json(Settings.defaults(Columns.class));
    var data = pairs ? columns.with("pair", "pair") : columns;
    return new TextConfig(
        data.with(Settings.json(Settings.defaults(predicted))),
        tokens,
        Json.object(),
        Marks.standard(),
        encoder,
        head,
        vectors,
        Extra.none(),
        Optional.empty());
  }

  /// The same with another encoder.
  public TextConfig with(EncoderConfig encoder, SequenceClassifier.Head head) {
    return new TextConfig(data, tokens, written, marks, encoder, head, vectors, extra, start);
  }

  private TextConfig with(TokenSettings other) {
    return new TextConfig(data, other, written, marks, encoder, head, vectors, extra, start);
  }

  /// The same whose encoder begins as a published one, whose sizes hold.
  private TextConfig with(PublishedBert published, BertEncoder.Config written) {
    var sized = written.withSizesOf(published.sizes());
    var begins = Optional.of(published);
    return new TextConfig(data, tokens, this.written, marks, sized, head, vectors, extra, begins);
  }

  /// The same that began with no vectors.
  public TextConfig withoutVectors() {
    var none = VectorSettings.none();
    return new TextConfig(
        data, tokens, written, marks, encoder, head, none, Extra.none(), Optional.empty());
  }

  /// Whether two texts are read together.
  public boolean pairs() {
    return !data.text("pair").isEmpty();
  }

  /// The columns that are read: one or two.
  public List<String> columns() {
    return pairs() ? List.of(data.text("text"), data.text("pair")) : List.of(data.text("text"));
  }

  /// What is read of a row.
  ///
  /// @throws sequor.data.DataException if the row lacks a column
  public String text(Row row) {
    String first = row.field(data.text("text"));
    return pairs() ? TextReader.joined(first, row.field(data.text("pair"))) : first;
  }

  /// What reads texts with that tokenizer.
  public TextReader reader(Tokenizer tokenizer) {
    return new TextReader(tokenizer, tokens, marks, pairs());
  }

  /// What reads these texts, each of which is one or two.
  ///
  /// @throws sequor.models.ModelException if there are vectors, and the encoder has none
  /// @throws sequor.vectors.VectorsException if their file does not hold word vectors
  public Begun begun(Settings settings, Source<String> texts, Seed seed) {
    var learned = TextReader.learned(texts.iterable(), pairs());
    var section = settings.section("tokens");
    var cutting = PublishedBert.of(encoder).map(bert -> bert.tokens(section)).orElse(section);
    var begun = begun(settings.section("model"), Tokenizer.learn(cutting, learned), seed);
    requireRoom(section, tokens.maxLength(), begun.config.encoder, around());
    return begun;
  }

  /// How many marks stand around a text.
  private int around() {
    return (marks.marks() ? 2 : 0) + (pairs() ? 1 : 0);
  }

  /// Makes sure that an encoder reads texts as long as they may be.
  ///
  /// @param section `tokens`
  /// @param around how many marks stand around a text
  /// @throws sequor.settings.SettingsException if they may be longer
  public static void requireRoom(
      Settings section, int maxLength, EncoderConfig encoder, int around) {
    if (maxLength > encoder.mostSteps() - around) {
      throw section.wrong(
          "max_length",
          "expected at most %d, for the encoder reads %d with the marks, got %d; set it to that",
          encoder.mostSteps() - around,
          encoder.mostSteps(),
          maxLength);
    }
  }

  /// @param model the section `model`, for errors
  /// @param learned knows the training texts
  Begun begun(Settings model, Tokenizer learned, Seed seed) {
    if (start.isEmpty() && encoder instanceof BertEncoder.Config bert) {
      var published = PublishedBert.of(bert);
      if (published.isPresent()) {
        return with(published.get(), bert).begun(model, published.get().fitted(learned), seed);
      }
    }
    var tokenizer = Pretrained.extended(vectors, extra.vectorsExtra, learned, model);
    var known = Pretrained.of(vectors, tokenizer.vocabulary(), seed);
    known.ifPresent(each -> each.requireFit(model, encoder));
    var fitted =
        known.map(each -> with(encoder.withEmbeddingSize(each.vectors().dimension()), head));
    return new Begun(fitted.orElse(this), tokenizer, known);
  }

  /// Networks that have learned nothing yet and say so many numbers of a text.
  ///
  /// @param vectors what the tokens' vectors begin as
  public Ensemble<SequenceClassifier> network(
      Tokenizer tokenizer, Optional<TokenVectors> vectors, int members, int numbers, Seed seed) {
    return network(
        tokenizer,
        vectors,
        members,
        (encoder, random) -> new SequenceClassifier(encoder, head, numbers, random),
        seed);
  }

  /// Networks that have learned nothing yet and say above which of so many levels a text is.
  ///
  /// @param vectors what the tokens' vectors begin as
  public Ensemble<SequenceClassifier> ordinal(
      Tokenizer tokenizer, Optional<TokenVectors> vectors, int members, int levels, Seed seed) {
    return network(
        tokenizer,
        vectors,
        members,
        (encoder, random) -> SequenceClassifier.ordinal(encoder, head, levels, random),
        seed);
  }

  private Ensemble<SequenceClassifier> network(
      Tokenizer tokenizer,
      Optional<TokenVectors> vectors,
      int members,
      BiFunction<Encoder, RandomGenerator, SequenceClassifier> member,
      Seed seed) {
    var vocabulary = tokenizer.vocabulary();
    var ids = InputSize.ofIds(vocabulary.size(), vocabulary.pad());
    var read = pairs() ? ids.ofPairs(vocabulary.eos()) : ids;
    var size = vectors.map(read::with).orElse(read);
    return Ensemble.of(
        members,
        seed.child("parameters"),
        random -> member.apply(begun(encoder.build(size, random)), random));
  }

  private Encoder begun(Encoder built) {
    if (built instanceof BertEncoder bert) {
      start.ifPresent(published -> published.loadInto(bert));
    }
    return built;
  }

  /// What a user should know of what it begins as.
  public List<String> notices() {
    return start.map(PublishedBert::notices).orElse(List.of());
  }

  /// What networks say of items, in the order given. // (items, numbers)
  ///
  /// @param activation makes it of the logits of a batch // (B,numbers)
  public static double[][] said(
      Ensemble<SequenceClassifier> network, List<Item> items, UnaryOperator<Tensor> activation) {
    double[][] rows = new double[items.size()][];
    for (var batch : Batches.of(items).withSize(BATCH).byLength()) {
      var inputs = sequor.tasks.Columns.inputs(batch);
      var said = // (B,numbers)
          Tape.inference(() -> network.mean(member -> activation.apply(member.forward(inputs))));
      float[] values = said.toArray();
      for (int b = 0; b < batch.size(); b++) {
        double[] row = new double[said.dim(1)];
        for (int n = 0; n < row.length; n++) {
          row[n] = values[b * row.length + n];
        }
        rows[batch.rows()[b]] = row;
      }
    }
    return rows;
  }

  /// The sections `data`, `tokens` and `model` as `config.json` has them.
  ///
  /// @param more what else stands in the section `model`
  public Map<String, JsonObject> json(Tokenizer tokenizer, JsonObject more) {
    var sections = new LinkedHashMap<String, JsonObject>();
    sections.put("data", data);
    sections.put("tokens", ModelConfig.tokens(tokenizer, written, tokens, marks));
    sections.put(
        "model",
        ModelConfig.encoder(encoder)
            .with(Settings.json(head))
            .with(Settings.json(vectors))
            .with(Settings.json(extra))
            .with(more));
    return sections;
  }
}
