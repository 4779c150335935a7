package sequor.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import sequor.nn.Linear;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.tensor.Tensor;

/// What the parts that tags are made of add to the scores of the tags, so that tags which share
/// parts learn from each other: of a thousand tags such as `NNG+JKB` or `Case=Nom|Number=Sing` most
/// are rare, and their parts are not.
///
/// ```
/// scores_c = Σ of the parts p of c: w_p · h + b_p
/// ```
///
/// A tag's parts are its first, its last, each that it has anywhere, and each two neighbours; those
/// that one tag alone has are left out, as it has weights of its own.
public final class TagParts implements NnModule {
  /// Which parts each tag has.
  ///
  /// @param has 1 where a tag has a part, else 0 // (parts, tags)
  public record Made(Tensor has) {
    /// None where no two tags share a part.
    ///
    /// @param tags by id
    /// @param between what stands between the parts of a tag
    public static Optional<Made> of(List<String> tags, String between) {
      if (between.isEmpty() || tags.stream().noneMatch(tag -> tag.contains(between))) {
        return Optional.empty();
      }
      var having = new LinkedHashMap<String, List<Integer>>();
      for (int tag = 0; tag < tags.size(); tag++) {
        for (var part : parts(tags.get(tag), between)) {
          having.computeIfAbsent(part, _ -> new ArrayList<>()).add(tag);
        }
      }
      having.values().removeIf(some -> some.size() < 2);
      return having.isEmpty()
          ? Optional.empty()
          : Optional.of(new Made(matrix(having, tags.size())));
    }

    private static Tensor matrix(Map<String, List<Integer>> having, int tags) {
      float[] has = new float[having.size() * tags];
      int part = 0;
      for (var some : having.values()) {
        for (int tag : some) {
          has[part * tags + tag] = 1;
        }
        part++;
      }
      return Tensor.of(has, having.size(), tags);
    }

    private static Iterable<String> parts(String tag, String between) {
      var pieces = tag.split(Pattern.quote(between), -1);
      var parts = new TreeSet<String>();
      parts.add("first " + pieces[0]);
      parts.add("last " + pieces[pieces.length - 1]);
      for (int i = 0; i < pieces.length; i++) {
        parts.add("any " + pieces[i]);
        if (i > 0) {
          parts.add("next " + pieces[i - 1] + between + pieces[i]);
        }
      }
      return parts;
    }

    int count() {
      return has.shape().dim(0);
    }
  }

  private final Tensor has; // (P,C)
  private final Linear scores; // of each part

  /// @param hiddenSize H
  public TagParts(int hiddenSize, Made made, RandomGenerator random) {
    this.has = made.has;
    this.scores = new Linear(hiddenSize, made.count(), random);
  }

  /// What the parts say. // (B,T,H) → (B,T,C)
  Tensor forward(Tensor hidden) {
    return scores.forward(hidden).matmul(has); // (B,T,P) · (P,C)
  }

  @Override
  public Parts parts() {
    return Parts.of("scores", scores);
  }
}
