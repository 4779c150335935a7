package sequor.tasks.tag;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import sequor.tasks.TaskException;

/// Precision, recall and F1 of whole spans: one counts as right if its type and both of its ends
/// are. Over all types they are micro averages.
///
/// Two ways of reading tags give two results where tags break their scheme. With `B-X I-X` right
/// and `I-X I-X` said, conlleval has one span right of one, F1 100; seqeval's strict mode has found
/// none.
public final class SpanF1 {
  private final String method;
  private final Function<List<String>, List<TagSpan>> reader;
  private final TreeMap<String, Counts> types = new TreeMap<>();
  private long tokens;
  private long rightTokens;

  private SpanF1(String method, Function<List<String>, List<TagSpan>> reader) {
    this.method = method;
    this.reader = reader;
  }

  /// Counts as the script conlleval does, whatever the scheme.
  public static SpanF1 conlleval() {
    return new SpanF1("conlleval", Chunks::of);
  }

  /// Counts as seqeval does with `mode="strict"` and this scheme: tags that break it are no spans.
  public static SpanF1 strict(TagScheme scheme) {
    return new SpanF1("strict " + scheme, scheme::strictSpans);
  }

  /// How many spans there are.
  ///
  /// @param gold in the right tags
  /// @param found in the tags that were said
  /// @param right in both
  public record Counts(long gold, long found, long right) {
    static final Counts NONE = new Counts(0, 0, 0);

    private Counts plus(long moreGold, long moreFound, long moreRight) {
      return new Counts(gold + moreGold, found + moreFound, right + moreRight);
    }

    /// From 0 to 1; 0 where nothing was found.
    public double precision() {
      return quotient(right, found);
    }

    /// From 0 to 1; 0 where there is nothing to find.
    public double recall() {
      return quotient(right, gold);
    }

    /// From 0 to 1: the harmonic mean of the two.
    public double f1() {
      return quotient(2 * right, gold + found);
    }
  }

  private static double quotient(long above, long below) {
    return below == 0 ? 0 : (double) above / below;
  }

  /// Adds a sentence.
  ///
  /// @param gold the right tag of each token
  /// @param said the tag that was said of each
  /// @return of that sentence, over all types
  public Counts add(List<String> gold, List<String> said) {
    if (gold.size() != said.size()) {
      throw new TaskException(
          "span f1: expected as many tags as tokens, got %d for %d; pair sentence with sentence"
              .formatted(said.size(), gold.size()));
    }
    tokens += gold.size();
    for (int i = 0; i < gold.size(); i++) {
      rightTokens += gold.get(i).equals(said.get(i)) ? 1 : 0;
    }
    var right = new HashSet<>(reader.apply(gold));
    right.forEach(span -> count(span.type(), 1, 0, 0));
    var found = reader.apply(said);
    int both = 0;
    for (var span : found) {
      int isRight = right.contains(span) ? 1 : 0;
      count(span.type(), 0, 1, isRight);
      both += isRight;
    }
    return new Counts(right.size(), found.size(), both);
  }

  private void count(String type, int gold, int found, int right) {
    types.merge(
        type, Counts.NONE.plus(gold, found, right), (old, _) -> old.plus(gold, found, right));
  }

  /// How tags were read, in a reader's words.
  public String method() {
    return method;
  }

  /// Over all types.
  public Counts micro() {
    return types.values().stream().reduce(Counts.NONE, (a, b) -> a.plus(b.gold, b.found, b.right));
  }

  /// Type by type, in alphabetical order.
  public SortedMap<String, Counts> types() {
    return Collections.unmodifiableSortedMap(types);
  }

  /// The mean of the F1 of all types, each counting the same.
  public double macroF1() {
    return types.values().stream().mapToDouble(Counts::f1).average().orElse(0);
  }

  /// The share of tokens whose tag is right.
  public double accuracy() {
    return quotient(rightTokens, tokens);
  }

  public long tokens() {
    return tokens;
  }

  /// What conlleval prints, in percent.
  public String report() {
    var all = micro();
    var report = new StringBuilder();
    report.append(
        "processed %d tokens with %d phrases; found: %d phrases; correct: %d.\n"
            .formatted(tokens, all.gold, all.found, all.right));
    if (tokens > 0) {
      report.append("accuracy: %s%%; %s\n".formatted(percent(accuracy()), percents(all)));
    }
    types.forEach(
        (type, counts) ->
            report.append("%17s: %s  %d\n".formatted(type, percents(counts), counts.found)));
    return report.toString();
  }

  private static String percents(Counts counts) {
    return "precision: %s%%; recall: %s%%; FB1: %s"
        .formatted(percent(counts.precision()), percent(counts.recall()), percent(counts.f1()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%6.2f", 100 * share);
  }
}
