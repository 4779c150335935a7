package sequor.tasks.tag;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import sequor.Seed;
import sequor.tasks.TaskException;

/// Tags from left to right, each token by what is seen of it and of the two tags before, with the
/// averaged weights of a perceptron (Collins 2002, "Discriminative training methods for hidden
/// Markov models"; greedy, as in many taggers since). Features are those of [TokenFeatures].
///
/// Sentences are learned in an order that follows from the seed, pass after pass, until the
/// validation sentences are tagged no better; what is kept are the weights that tag them best. The
/// same data and seed give the same bits.
public final class AveragedPerceptron implements TagFloor {
  private static final int MOST_PASSES = 10;
  private static final int PATIENCE = 3;

  private final List<String> labels;
  private final String method;
  private final FeatureIndex features;
  private final int[] starts; // of each feature, in the two that follow
  private final int[] classes;
  private final float[] weights;

  AveragedPerceptron(
      List<String> labels,
      String method,
      FeatureIndex features,
      int[] starts,
      int[] classes,
      float[] weights) {
    this.labels = labels;
    this.method = method;
    this.features = features;
    this.starts = starts;
    this.classes = classes;
    this.weights = weights;
  }

  /// @param valid by which it is chosen how long to learn; without any it is five passes
  /// @throws TaskException if there is no token to learn from
  public static AveragedPerceptron train(List<Example> train, List<Example> valid, Seed seed) {
    var names = new TreeSet<String>();
    train.forEach(sentence -> names.addAll(sentence.tags()));
    if (names.isEmpty()) {
      throw new TaskException(
          "perceptron: expected tokens to learn from, got none; check the training split");
    }
    var labels = List.copyOf(names);
    var sentences = prepared(train, labels);
    var judges = prepared(valid, labels);
    var trainer = new PerceptronTrainer(labels.size());
    AveragedPerceptron best = null;
    int most = -1;
    int since = 0;
    int passes = judges.isEmpty() ? 5 : MOST_PASSES;
    for (int pass = 1; pass <= passes && since < PATIENCE; pass++) {
      Collections.shuffle(sentences, Random.from(seed.child("perceptron").child(pass).generator()));
      sentences.forEach(each -> trainer.learn(each.features, each.gold));
      int right = judges.stream().mapToInt(each -> trainer.right(each.features, each.gold)).sum();
      since++;
      if (right > most || judges.isEmpty()) {
        var method = "averaged perceptron, " + (pass == 1 ? "1 pass" : pass + " passes");
        best = trainer.averaged(labels, method);
        most = right;
        since = 0;
      }
    }
    return requireNonNull(best);
  }

  /// A sentence as it is learned.
  private static final class Prepared {
    final TokenFeatures features;
    final int[] gold; // −1 for a tag that no training sentence has

    Prepared(TokenFeatures features, int[] gold) {
      this.features = features;
      this.gold = gold;
    }
  }

  private static List<Prepared> prepared(List<Example> sentences, List<String> labels) {
    var numbers = new HashMap<String, Integer>();
    labels.forEach(label -> numbers.put(label, numbers.size()));
    var prepared = new ArrayList<Prepared>();
    for (var sentence : sentences) {
      int[] gold =
          sentence.tags().stream().mapToInt(tag -> numbers.getOrDefault(tag, -1)).toArray();
      prepared.add(new Prepared(new TokenFeatures(sentence.tokens()), gold));
    }
    return prepared;
  }

  @Override
  public String method() {
    return method;
  }

  /// The tags that it knows, in alphabetical order.
  public List<String> labels() {
    return labels;
  }

  /// How many features have a weight.
  public int features() {
    return features.size();
  }

  @Override
  public List<String> tag(List<String> tokens) {
    var seen = new TokenFeatures(tokens);
    long[] hashes = new long[TokenFeatures.COUNT];
    var tags = new ArrayList<String>(tokens.size());
    int before = -1;
    int earlier = -1;
    for (int i = 0; i < tokens.size(); i++) {
      seen.of(i, before, earlier, hashes);
      int said = best(hashes);
      tags.add(labels.get(said));
      earlier = before;
      before = said;
    }
    return tags;
  }

  private int best(long... hashes) {
    double[] scores = new double[labels.size()];
    for (long hash : hashes) {
      int f = features.find(hash);
      for (int at = f < 0 ? 0 : starts[f]; f >= 0 && at < starts[f + 1]; at++) {
        scores[classes[at]] += weights[at];
      }
    }
    int best = 0;
    for (int c = 1; c < scores.length; c++) {
      best = scores[c] > scores[best] ? c : best;
    }
    return best;
  }

  /// This tagger as bytes, with a checksum.
  public byte[] toBytes() {
    return PerceptronBytes.write(this);
  }

  /// A tagger from its bytes.
  ///
  /// @param source where they come from, for messages
  /// @throws TaskException if they are damaged
  public static AveragedPerceptron fromBytes(byte[] bytes, String source) {
    return PerceptronBytes.read(bytes, source);
  }

  FeatureIndex index() {
    return features;
  }

  int[] starts() {
    return starts;
  }

  int[] classes() {
    return classes;
  }

  float[] weights() {
    return weights;
  }
}
