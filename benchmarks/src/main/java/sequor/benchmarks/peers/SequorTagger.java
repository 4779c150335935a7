package sequor.benchmarks.peers;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import sequor.nn.Bidirectional;
import sequor.nn.CrossEntropyLoss;
import sequor.nn.Embedding;
import sequor.nn.Linear;
import sequor.nn.Lstm;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.nn.Stacked;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.train.Adam;

/// The tagger of a workload.
final class SequorTagger implements NnModule {
  private final TaggerWorkload workload;
  private final Embedding words; // (V,D)
  private final Embedding letters; // (A,E)
  private final Bidirectional<Lstm.State> spelling;
  private final Stacked<Bidirectional.State<Lstm.State>> sentence;
  private final Linear head;

  private SequorTagger(TaggerWorkload workload, TaggerWorkload.Numbers numbers) {
    this.workload = workload;
    var random = new Random(1);
    words = new Embedding(workload.vocabulary(), workload.wordSize(), random);
    letters = new Embedding(workload.alphabet(), workload.letterSize(), random);
    spelling = bothWays(workload.letterSize(), workload.letterHidden(), random);
    sentence =
        new Stacked<>(
            IntStream.range(0, workload.layers())
                .mapToObj(l -> bothWays(workload.inputSize(l), workload.hidden(), random))
                .toList(),
            0);
    head = new Linear(2 * workload.hidden(), workload.tags(), random);
    for (var parameter : parameters().values()) {
      parameter.assign(numbers.weights(parameter.shape().size()));
    }
  }

  private static Bidirectional<Lstm.State> bothWays(int inputs, int hidden, Random random) {
    return new Bidirectional<>(new Lstm(inputs, hidden, random), new Lstm(inputs, hidden, random));
  }

  /// The scores of each tag of each word. // (B,T,tags)
  private Tensor forward(Ids ofWords, Ids ofLetters, Spans letterSpans) {
    int b = workload.batch();
    int t = workload.words();
    var spelled = spelling.last(letters.forward(ofLetters), letterSpans).output(); // (B·T,2C)
    var x = Tensor.concat(-1, List.of(words.forward(ofWords), spelled.reshape(b, t, -1)));
    return head.forward(sentence.forward(x, Spans.full(b, t)).hidden());
  }

  private Ids words(int[] ids) {
    return Ids.of(ids, workload.batch(), workload.words());
  }

  private Ids letters(int[] ids) {
    return Ids.of(ids, workload.batch() * workload.words(), workload.letters());
  }

  private Spans spans(int[] lengths) {
    return Spans.right(lengths, workload.letters());
  }

  /// One training step after the other on one batch; each gives the loss before.
  static Supplier<float[]> training(TaggerWorkload workload) {
    var numbers = workload.new Numbers();
    var model = new SequorTagger(workload, numbers);
    var adam = new Adam(model.parameters(), 1e-3f);
    var ofWords = model.words(numbers.words());
    var ofLetters = model.letters(numbers.letters());
    var spans = model.spans(numbers.lengths());
    var right = model.words(numbers.targets());
    var random = new Random(1);
    return () -> {
      try (var tape = Tape.open(random)) {
        var loss = new CrossEntropyLoss().of(model.forward(ofWords, ofLetters, spans), right);
        tape.backward(loss);
        adam.step();
        return new float[] {loss.item()};
      }
    };
  }

  /// The probabilities of the tags of the batch.
  static Supplier<float[]> prediction(TaggerWorkload workload) {
    var numbers = workload.new Numbers();
    var model = new SequorTagger(workload, numbers);
    int[] ofWords = numbers.words();
    int[] ofLetters = numbers.letters();
    int[] lengths = numbers.lengths();
    return () ->
        model
            .forward(model.words(ofWords), model.letters(ofLetters), model.spans(lengths))
            .softmax()
            .toArray();
  }

  @Override
  public Parts parts() {
    return Parts.of("words", words)
        .and("letters", letters)
        .and("spelling", spelling)
        .and("sentence", sentence)
        .and("head", head);
  }
}
