package sequor.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Which token has which id.
///
/// Ids 0 to 3 are `<pad> <unk> <bos> <eos>` and belong to no token: they are told by their number
/// and never by their spelling, so a text that contains the word `<pad>` gets an ordinary id for
/// it, or `<unk>`. Ordinary tokens follow from id 4, the most frequent first and those equally
/// frequent in the order of [String#compareTo], so that the order of the examples does not matter.
///
/// ```java
/// var counts = Vocabulary.builder().minFrequency(2);
/// var vocabulary = counts.add(List.of("a", "b", "a", "c", "c")).build();
/// vocabulary.encode(List.of("c", "b", "a"));   // 5, UNK, 4
/// vocabulary.decode(new int[] {5, 4});         // c, a
/// ```
///
/// Build it from the training split only: what the model has never seen is unknown to it.
public final class Vocabulary {
  /// Fills up a batch.
  public static final int PAD = 0;

  /// Stands for every token without an id.
  public static final int UNK = 1;

  /// Begins a sequence.
  public static final int BOS = 2;

  /// Ends a sequence.
  public static final int EOS = 3;

  /// How the special ids are written where people read them.
  public static final List<String> SPECIALS = List.of("<pad>", "<unk>", "<bos>", "<eos>");

  private final List<String> tokens; // the ordinary ones; the token at i has id 4 + i
  private final Map<String, Integer> ids;

  private Vocabulary(Collection<String> tokens) {
    this.tokens = List.copyOf(tokens);
    this.ids = HashMap.newHashMap(tokens.size());
    for (String token : this.tokens) {
      if (!Normal.isWhole(token)) {
        throw new TextException(
            "vocabulary: a token holds half a surrogate pair — it could not be saved; "
                + "replace it with U+FFFD in the tokenizer");
      }
      if (ids.put(token, SPECIALS.size() + ids.size()) != null) {
        throw new TextException(
            "vocabulary: token \"" + token + "\" is listed twice — a token has one id");
      }
    }
  }

  /// The vocabulary whose ordinary tokens are these, with the ids 4, 5, … in this order.
  ///
  /// @throws TextException when a token is there twice
  public static Vocabulary of(Collection<String> tokens) {
    return new Vocabulary(tokens);
  }

  public static Builder builder() {
    return new Builder();
  }

  /// How many ids there are, the special ones included.
  public int size() {
    return SPECIALS.size() + tokens.size();
  }

  /// The ordinary tokens in the order of their ids.
  public List<String> tokens() {
    return tokens;
  }

  /// Whether `token` has an id of its own.
  public boolean contains(String token) {
    return ids.containsKey(token);
  }

  /// The id of `token`, or [#UNK].
  public int id(String token) {
    return ids.getOrDefault(token, UNK);
  }

  /// The token with that id; for a special id, how it is written.
  public String token(int id) {
    if (id < 0 || id >= size()) {
      throw new TextException(
          ("vocabulary: id %d — the ids here are 0 to %d; "
                  + "does the model belong to another vocabulary?")
              .formatted(id, size() - 1));
    }
    return id < SPECIALS.size() ? SPECIALS.get(id) : tokens.get(id - SPECIALS.size());
  }

  public int[] encode(List<String> tokens) {
    return tokens.stream().mapToInt(this::id).toArray();
  }

  /// The tokens of `ids`, without `<pad>`, `<bos>` and `<eos>`.
  public List<String> decode(int[] ids) {
    return Arrays.stream(ids)
        .filter(id -> id != PAD && id != BOS && id != EOS)
        .mapToObj(this::token)
        .toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary that && tokens.equals(that.tokens);
  }

  @Override
  public int hashCode() {
    return tokens.hashCode();
  }

  @Override
  public String toString() {
    return "Vocabulary {size: " + size() + "}";
  }

  /// Counts tokens and keeps the frequent ones.
  public static final class Builder {
    private final Map<String, Long> counts = new HashMap<>();
    private int minFrequency = 1;
    private int maxSize = Integer.MAX_VALUE;

    private Builder() {}

    /// Leaves out tokens seen less often; 1 unless said otherwise.
    public Builder minFrequency(int minFrequency) {
      if (minFrequency < 1) {
        throw new TextException(
            "vocabulary: minimum frequency " + minFrequency + " — it must be at least 1");
      }
      this.minFrequency = minFrequency;
      return this;
    }

    /// The most ids to give, the four special ones included; no limit unless said otherwise.
    public Builder maxSize(int maxSize) {
      if (maxSize <= SPECIALS.size()) {
        throw new TextException(
            "vocabulary: maximum size %d — it must be more than the %d special ids"
                .formatted(maxSize, SPECIALS.size()));
      }
      this.maxSize = maxSize;
      return this;
    }

    public Builder add(List<String> tokens) {
      tokens.forEach(token -> counts.merge(token, 1L, Long::sum));
      return this;
    }

    public Vocabulary build() {
      var byFrequency = Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder());
      Stream<String> frequent =
          counts.entrySet().stream()
              .filter(entry -> entry.getValue() >= minFrequency)
              .sorted(byFrequency.thenComparing(Map.Entry.comparingByKey()))
              .limit(maxSize - SPECIALS.size())
              .map(Map.Entry::getKey);
      return new Vocabulary(frequent.toList());
    }
  }
}
