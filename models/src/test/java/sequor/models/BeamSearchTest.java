package sequor.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.Seed;
import sequor.nn.Sampler;
import sequor.tensor.Ids;
import sequor.tensor.Spans;

class BeamSearchTest {
  private static final int V = 6;
  private static final BeamSearch.Marks MARKS = new BeamSearch.Marks(2, 3, List.of(0, 2));
  private static final List<Integer> WORDS = List.of(1, 4, 5);
  private static final int[][] SOURCES = {{4, 5, 4, 3}, {5, 3}, {1, 1, 5, 5, 4, 3}};

  private static EncoderDecoder network(int seed) {
    var size = InputSize.ofIds(V, 0);
    var random = new Seed(seed).generator();
    EncoderDecoderConfig config =
        seed % 2 == 0
            ? RecurrentEncoderDecoder.Config.of(CellKind.LSTM, 8)
            : TransformerEncoderDecoder.Config.of(8, 2, 1);
    return config.build(size, size, random);
  }

  private static Decoding begin(EncoderDecoder network, int[]... sources) {
    int longest = Arrays.stream(sources).mapToInt(source -> source.length).max().orElseThrow();
    int[] ids = new int[sources.length * longest];
    for (int row = 0; row < sources.length; row++) {
      System.arraycopy(sources[row], 0, ids, row * longest, sources[row].length);
    }
    int[] lengths = Arrays.stream(sources).mapToInt(source -> source.length).toArray();
    return network
        .read(Ids.of(ids, sources.length, longest), Spans.right(lengths, longest))
        .begin();
  }

  private static List<List<Hypothesis>> search(
      EncoderDecoder network, BeamSearch.Config config, int limit, int[]... sources) {
    int[] limits = IntStream.generate(() -> limit).limit(sources.length).toArray();
    return new BeamSearch(config, MARKS).search(begin(network, sources), limits);
  }

  /// Every sequence there is, scored token by token.
  private static List<Found> all(EncoderDecoder network, BeamSearch.Config config, int[] source) {
    var all = new ArrayList<Found>();
    extend(
        begin(network, source), MARKS.bos(), new ArrayList<>(), 0, new ArrayList<>(), all, config);
    all.sort(Comparator.comparingDouble(Found::score).reversed());
    return all;
  }

  private record Found(List<Integer> tokens, double score) {}

  private static void extend(
      Decoding now,
      int last,
      List<Integer> tokens,
      double log,
      List<float[]> weights,
      List<Found> all,
      BeamSearch.Config config) {
    var step = now.step(last);
    float[] logs = step.logits().logSoftmax().toArray();
    var looked = new ArrayList<>(weights);
    step.weights().ifPresent(some -> looked.add(some.toArray()));
    float[][] rows = looked.toArray(float[][]::new);
    double ended = config.score(log + logs[MARKS.eos()], tokens.size() + 1, rows);
    all.add(new Found(tokens, ended));
    for (int word : WORDS) {
      var longer = new ArrayList<>(tokens);
      longer.add(word);
      double sum = log + logs[word];
      if (longer.size() == 4) {
        all.add(new Found(longer, config.score(sum, 4, rows)));
      } else {
        extend(step.next(), word, longer, sum, looked, all, config);
      }
    }
  }

  /// A beam as wide as the whole space finds all there is, in order.
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void aBeamOfTheWholeSpaceIsAnExhaustiveSearch(int seed) {
    var network = network(seed);
    for (var config :
        List.of(
            BeamSearch.Config.standard().withPenalties(0, 0),
            BeamSearch.Config.standard(),
            BeamSearch.Config.standard().withPenalties(0.6, 0.4))) {
      for (int[] source : SOURCES) {
        var expected = all(network, config, source);
        var found = search(network, config.withBeam(200), 4, source).getFirst();

        assertThat(found).hasSize(expected.size()); // 1 + 3 + 9 + 27 that end, and 81 that are cut
        assertThat(found).hasSize(121);
        for (int i = 0; i < found.size(); i++) {
          assertThat(Math.abs(found.get(i).score() - expected.get(i).score())).isLessThan(1e-5);
        }
        assertThat(tokens(found.getFirst())).isEqualTo(expected.getFirst().tokens);
        assertThat(new HashSet<>(found.stream().map(BeamSearchTest::tokens).toList())).hasSize(121);
      }
    }
  }

  private static List<Integer> tokens(Hypothesis hypothesis) {
    return Arrays.stream(hypothesis.tokens()).boxed().toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void aBeamOfOneIsGreedy(int seed) {
    var network = network(seed);
    for (int[] source : SOURCES) {
      var now = begin(network, source);
      var said = new ArrayList<Integer>();
      int last = MARKS.bos();
      while (said.size() < 12) {
        var step = now.step(last);
        float[] logits = step.logits().toArray();
        logits[0] = Float.NEGATIVE_INFINITY;
        logits[2] = Float.NEGATIVE_INFINITY;
        last = likeliest(logits);
        if (last == MARKS.eos()) {
          break;
        }
        said.add(last);
        now = step.next();
      }
      var found = search(network, BeamSearch.Config.standard().withBeam(1), 12, source).getFirst();
      assertThat(found).hasSize(1);
      assertThat(tokens(found.getFirst())).isEqualTo(said);
      assertThat(found.getFirst().ended()).isEqualTo(said.size() < 12);
    }
  }

  private static int likeliest(float[] logits) {
    int best = 0;
    for (int i = 0; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }

  /// Whoever else is searched for at the same time.
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void aSentenceFindsWhatItFindsAlone(int seed) {
    var network = network(seed);
    var config = BeamSearch.Config.standard().withBeam(3);
    var together = search(network, config, 9, SOURCES);
    for (int row = 0; row < SOURCES.length; row++) {
      var alone = search(network, config, 9, SOURCES[row]).getFirst();
      assertThat(together.get(row)).hasSameSizeAs(alone);
      for (int i = 0; i < alone.size(); i++) {
        assertThat(together.get(row).get(i).tokens()).isEqualTo(alone.get(i).tokens());
        assertThat(together.get(row).get(i).score()).isEqualTo(alone.get(i).score());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void blockedGramsComeOnce(int seed) {
    var network = network(seed);
    var config = BeamSearch.Config.standard().withBeam(4).withPenalties(0, 0);
    for (int n = 1; n <= 3; n++) {
      for (var found : search(network, config.withNoRepeat(n), 12, SOURCES)) {
        for (var hypothesis : found) {
          var tokens = tokens(hypothesis);
          var grams = new HashSet<List<Integer>>();
          for (int i = 0; i + n <= tokens.size(); i++) {
            assertThat(grams.add(tokens.subList(i, i + n))).isTrue();
          }
        }
      }
    }
  }

  /// The weights are those of its own beginning, not of another that was in the beam.
  @Test
  void weightsFollowTheirHypothesis() {
    var network = network(2);
    for (var hypothesis : search(network, BeamSearch.Config.standard(), 5, SOURCES[0]).getFirst()) {
      var now = begin(network, SOURCES[0]);
      int last = MARKS.bos();
      float[][] weights = hypothesis.weights();
      int[] tokens = hypothesis.tokens();
      assertThat(weights).hasDimensions(tokens.length + (hypothesis.ended() ? 1 : 0), 4);
      for (int t = 0; t < weights.length; t++) {
        var step = now.step(last);
        assertThat(weights[t]).isEqualTo(step.weights().orElseThrow().toArray());
        now = step.next();
        last = t < tokens.length ? tokens[t] : last;
      }
    }
  }

  @Test
  void drawnSequencesFollowFromTheirGenerator() {
    var network = network(3);
    var search = new SampledSearch(Sampler.of(1), MARKS);
    var all = search.draw(begin(network, SOURCES), new int[] {9, 9, 9}, generators(3));
    for (int row = 0; row < 3; row++) {
      var alone =
          search.draw(begin(network, SOURCES[row]), new int[] {9}, List.of(generators(3).get(row)));
      assertThat(all.get(row).tokens()).isEqualTo(alone.getFirst().tokens());
      assertThat(all.get(row).tokens()).doesNotContain(0, 2, 3);
    }
    var sure =
        new SampledSearch(Sampler.of(0), MARKS)
            .draw(begin(network, SOURCES), new int[] {9, 9, 9}, generators(3));
    var greedy = search(network, BeamSearch.Config.standard().withBeam(1), 9, SOURCES);
    for (int row = 0; row < 3; row++) {
      assertThat(sure.get(row).tokens()).isEqualTo(greedy.get(row).getFirst().tokens());
    }
  }

  private static List<RandomGenerator> generators(int count) {
    return IntStream.range(0, count)
        .<RandomGenerator>mapToObj(row -> new Seed(5).child(row).generator())
        .toList();
  }
}
