package sequor.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import sequor.nn.Constraints;
import sequor.nn.Crf;
import sequor.nn.CrossEntropyLoss;
import sequor.nn.Dropout;
import sequor.nn.Linear;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// Reads a sentence and says a tag for each of its words (synchronised many-to-many); or any
/// sequence of vectors, and says a tag for each; or the pieces of words, of which the first has the
/// word's tag ([FirstPieces]).
///
/// ```
/// words → vectors (B,T,D) → encoder (B,T,H) → dropout, linear → scores (B,T,C)
/// scores += what the parts of tags say, where tags are made of parts      [TagParts]
/// scores += what counts of words say, where they speak along             [TagCounts]
/// softmax: each word for itself        crf: the tags of a sentence together
/// ```
///
/// Sources: Huang, Xu and Yu, *Bidirectional LSTM-CRF models for sequence tagging* (2015), section
/// 2; Lample et al., *Neural architectures for named entity recognition* (2016), section 2.
public final class SequenceTagger implements NnModule {
  /// What judges the scores of words.
  public enum Head {
    SOFTMAX,
    /// [Crf]
    CRF
  }

  /// What is said of a batch.
  ///
  /// @param tags of each row, one a real step
  /// @param probabilities of each tag at each step, whatever the others are // (B,T,C)
  public record Said(List<int[]> tags, Tensor probabilities) {}

  private final Optional<WordEmbedding> words; // none where the encoder reads what is given
  private final Encoder encoder;
  private final Dropout dropout;
  private final Linear head;
  private final Optional<Crf> crf;
  private final Optional<TagParts> made; // of what tags are made
  private final Optional<TagCounts> counts; // of words

  /// What is known of tags before anything is learned.
  ///
  /// @param made of which parts they are, if tags that share some are to learn from each other
  /// @param counts what words were in training, if that is to speak along
  public record Known(Optional<TagParts.Made> made, Optional<TagCounts.Table> counts) {
    public static Known nothing() {
      return new Known(Optional.empty(), Optional.empty());
    }
  }

  /// @param encoder reads vectors of [WordEmbedding#width] numbers
  /// @param dropout before the head
  /// @param tags C
  public SequenceTagger(
      WordEmbedding words,
      Encoder encoder,
      float dropout,
      Head kind,
      int tags,
      Known known,
      RandomGenerator random) {
    this(Optional.of(words), encoder, dropout, kind, tags, known, random);
  }

  /// One that reads vectors, as sensors give them.
  ///
  /// @param encoder reads them
  /// @param dropout before the head
  /// @param tags C
  public static SequenceTagger ofVectors(
      Encoder encoder, float dropout, Head kind, int tags, RandomGenerator random) {
    return ofVectors(encoder, dropout, kind, tags, Known.nothing(), random);
  }

  private static SequenceTagger ofVectors(
      Encoder encoder, float dropout, Head kind, int tags, Known known, RandomGenerator random) {
    return new SequenceTagger(Optional.empty(), encoder, dropout, kind, tags, known, random);
  }

  /// One that reads pieces of words and says a tag of the first piece of each ([FirstPieces]).
  ///
  /// @param encoder reads ids of pieces
  /// @param dropout before the head
  /// @param tags C
  public static SequenceTagger ofPieces(
      Encoder encoder, float dropout, Head kind, int tags, Known known, RandomGenerator random) {
    return ofVectors(new FirstPieces(encoder), dropout, kind, tags, known, random);
  }

  private SequenceTagger(
      Optional<WordEmbedding> words,
      Encoder encoder,
      float dropout,
      Head kind,
      int tags,
      Known known,
      RandomGenerator random) {
    this.words = words;
    this.encoder = encoder;
    this.dropout = new Dropout(dropout);
    this.head = new Linear(encoder.hiddenSize(), tags, random);
    this.crf = kind == Head.CRF ? Optional.of(new Crf(tags, random)) : Optional.empty();
    this.made = known.made.map(each -> new TagParts(encoder.hiddenSize(), each, random));
    this.counts = known.counts.map(TagCounts::new);
  }

  /// How much each tag is for each word; where a step is padding they mean nothing. // (B,T,C)
  public Tensor forward(Inputs inputs) {
    return withCounts(said(inputs), inputs);
  }

  /// What the network says alone. // (B,T,C)
  private Tensor said(Inputs inputs) {
    return ofHidden(dropout.forward(encode(inputs).hidden()));
  }

  /// (B,T,H) → (B,T,C)
  private Tensor ofHidden(Tensor hidden) {
    var own = head.forward(hidden);
    return made.map(each -> own.plus(each.forward(hidden))).orElse(own);
  }

  private Tensor withCounts(Tensor scores, Inputs inputs) {
    return counts.map(each -> scores.plus(each.scores(inputs.ids(Inputs.TEXT)))).orElse(scores);
  }

  /// What the encoder makes of each step. // (B,T,H)
  public Encoder.Encoded encode(Inputs inputs) {
    return encoder.encode(vectors(inputs)); // of (B,T,D)
  }

  /// The steps as vectors. // (B,T,D)
  private Inputs vectors(Inputs inputs) {
    return words
        .map(each -> new Inputs().and(Inputs.TEXT, each.forward(inputs), inputs.spans(Inputs.TEXT)))
        .orElse(inputs);
  }

  /// What is said of some words of a sentence that is read as it comes.
  ///
  /// @param scores of each tag // (1,T,C)
  /// @param state what is kept of what was read
  public record Stretch(Tensor scores, List<Tensor> state) {
    public Stretch {
      state = List.copyOf(state);
    }
  }

  /// Reads on from a state; no tensors are that before the first word.
  ///
  /// @param inputs of one sentence, all of whose steps are real
  /// @throws ModelException if it needs all of a sentence
  public Stretch stretch(Inputs inputs, List<Tensor> state) {
    var x = vectors(inputs); // (1,T,D)
    var read = oneWay().stretch(x, state);
    return new Stretch(withCounts(ofHidden(read.hidden()), inputs), read.state()); // (1,T,C)
  }

  private RecurrentEncoder oneWay() {
    if (crf.isEmpty() && encoder instanceof RecurrentEncoder recurrent && recurrent.isOneWay()) {
      return recurrent;
    }
    throw new ModelException(
        "session: expected a tagger that says a tag when it reads the word (recurrent, not"
            + " bidirectional, without a CRF), got one that needs all of the sentence; train it with"
            + " model.bidirectional=false and model.head=softmax");
  }

  /// What the right tags cost, the mean of all words.
  ///
  /// @param each of a softmax, for each word
  /// @param targets (B,T), −100 where a step is padding
  public Tensor loss(Inputs inputs, Ids targets, CrossEntropyLoss each) {
    var network = said(inputs); // (B,T,C)
    var scores =
        counts
            .map(some -> network.plus(some.scoresWithout(inputs.ids(Inputs.TEXT), targets)))
            .orElse(network);
    if (crf.isEmpty()) {
      return each.of(scores, targets);
    }
    var spans = inputs.spans(Inputs.TEXT);
    int count = 0;
    for (int row = 0; row < spans.batch(); row++) {
      count += spans.length(row);
    }
    return crf.get().losses(scores, targets, spans).sum().dividedBy(Math.max(1, count));
  }

  /// What models of one kind say together: the mean of their probabilities, or, of fields, the
  /// field whose scores are the mean of theirs.
  ///
  /// @param allowed which tags may follow which, where fields are decoded
  public static Said say(
      Ensemble<SequenceTagger> members, Inputs inputs, Optional<Constraints> allowed) {
    var spans = inputs.spans(Inputs.TEXT);
    if (members.all().getFirst().crf.isEmpty()) {
      var probabilities = members.mean(member -> member.forward(inputs).softmax()); // (B,T,C)
      return new Said(best(probabilities, spans), probabilities);
    }
    var scores = members.mean(member -> member.forward(inputs)); // (B,T,C)
    var field = mean(members.all().stream().map(member -> member.crf.orElseThrow()).toList());
    var decoder = allowed.map(field::constrained).orElse(field);
    return new Said(decoder.decode(scores, spans), decoder.marginals(scores, spans));
  }

  private static Crf mean(List<Crf> fields) {
    if (fields.size() == 1) {
      return fields.getFirst();
    }
    return new Crf(
        mean(fields, "transitions"),
        mean(fields, "start_transitions"),
        mean(fields, "end_transitions"));
  }

  private static Tensor mean(List<Crf> fields, String name) {
    return Ensemble.mean(
        fields.stream()
            .map(field -> java.util.Objects.requireNonNull(field.parameters().get(name), name))
            .toList());
  }

  private static List<int[]> best(Tensor probabilities, Spans spans) {
    var best = probabilities.argmax(); // (B,T)
    var tags = new ArrayList<int[]>();
    for (int row = 0; row < spans.batch(); row++) {
      int[] some = new int[spans.length(row)];
      for (int t = 0; t < some.length; t++) {
        some[t] = best.get(row, spans.start(row) + t);
      }
      tags.add(some);
    }
    return tags;
  }

  @Override
  public Parts parts() {
    var parts = words.map(each -> Parts.of("words", each)).orElseGet(Parts::none);
    parts.and("encoder", encoder).and("head", head);
    crf.ifPresent(field -> parts.and("crf", field));
    made.ifPresent(each -> parts.and("tag_parts", each));
    counts.ifPresent(each -> parts.and("counts", each));
    return parts;
  }
}
