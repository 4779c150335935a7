package sequor.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sequor.json.Json;
import sequor.json.JsonObject;

/// Which token has which id.
///
/// Some ids are [Specials] and belong to no token: they are told by their number and never by their
/// spelling, so a text that contains the word `<pad>` gets an ordinary id for it, or `<unk>`.
/// Ordinary tokens follow, the most frequent first and those equally frequent in the order of
/// [String#compareTo], so that the order of the examples does not matter.
///
/// ```java
/// var counts = Vocabulary.builder().minFrequency(2);
/// var vocabulary = counts.add(List.of("a", "b", "a", "c", "c")).build();
/// vocabulary.encode(List.of("c", "b", "a"));   // 5, 1 (unknown), 4
/// vocabulary.decode(5, 4);                     // c, a
/// ```
///
/// Build it from the training split only: what the model has never seen is unknown to it.
public final class Vocabulary {
  /// The roles of what fills up, begins and ends: no part of a text.
  private static final Set<String> SILENT =
      Set.of(Specials.PAD, Specials.BOS, Specials.EOS, "cls", "sep");

  private final List<String> tokens; // by id, the special ones as they are written
  private final Map<String, Integer> special; // by role
  private final Map<String, Integer> ids; // of ordinary tokens
  private final Set<Integer> silent; // ids that no text shows
  private final int unknown;
  private final List<String> notices; // of how it was counted; a loaded one has none

  private Vocabulary(List<String> tokens, Map<String, Integer> special, List<String> notices) {
    this.notices = notices;
    this.tokens = List.copyOf(tokens);
    this.special = Map.copyOf(special);
    this.ids = HashMap.newHashMap(tokens.size());
    special.forEach((role, id) -> token(id)); // that is there
    var specialIds = Set.copyOf(special.values());
    for (int id = 0; id < this.tokens.size(); id++) {
      if (!specialIds.contains(id)) {
        put(this.tokens.get(id), id);
      }
    }
    this.silent =
        this.special.entrySet().stream()
            .filter(each -> SILENT.contains(each.getKey()))
            .map(Map.Entry::getValue)
            .collect(Collectors.toUnmodifiableSet());
    this.unknown = special(Specials.UNK);
  }

  private void put(String token, int id) {
    if (!WholeCharacters.isWhole(token)) {
      throw new TextException(
          "vocabulary: expected tokens of whole characters, got half a surrogate pair; replace it"
              + " with U+FFFD in the tokenizer");
    }
    if (ids.put(token, id) != null) {
      throw new TextException(
          "vocabulary: expected each token once, got \"" + token + "\" twice; give it one id");
    }
  }

  /// The vocabulary with the standard specials whose ordinary tokens are these, with the ids 4, 5,
  /// …
  ///
  /// @throws TextException when a token is there twice
  public static Vocabulary of(Collection<String> tokens) {
    return of(Specials.standard(), tokens);
  }

  /// The vocabulary with these specials first, and then the ordinary tokens.
  ///
  /// @throws TextException when a token is there twice, or there is no special token `unk`
  public static Vocabulary of(Specials specials, Collection<String> tokens) {
    return of(specials, tokens, List.of());
  }

  private static Vocabulary of(Specials specials, Collection<String> tokens, List<String> notices) {
    var special = new LinkedHashMap<String, Integer>();
    var all = new ArrayList<String>();
    specials
        .tokens()
        .forEach(
            (role, token) -> {
              special.put(role, all.size());
              all.add(token);
            });
    all.addAll(tokens);
    return new Vocabulary(all, special, notices);
  }

  /// The vocabulary that others made: the token of each id, and the ids of those that are special.
  ///
  /// @throws TextException when a token is there twice, or there is no special token `unk`
  public static Vocabulary of(List<String> tokens, Map<String, Integer> special) {
    return new Vocabulary(tokens, special, List.of());
  }

  /// This vocabulary and more tokens, with the ids behind its own.
  ///
  /// @throws TextException when a token is there twice
  public Vocabulary with(Collection<String> more) {
    var all = new ArrayList<>(tokens);
    all.addAll(more);
    return new Vocabulary(all, special, notices);
  }

  static Vocabulary of(JsonObject json) {
    json.requireOnly("special", "tokens");
    var tokens = json.texts("tokens");
    var special = new LinkedHashMap<String, Integer>();
    var ids = json.object("special");
    ids.names().forEach(role -> special.put(role, ids.wholeNumber(role, 0, tokens.size() - 1)));
    return new Vocabulary(tokens, special, List.of());
  }

  JsonObject json() {
    var byId = special.entrySet().stream().sorted(Map.Entry.comparingByValue()).toList();
    var ids = Json.object();
    for (var each : byId) {
      ids = ids.with(each.getKey(), each.getValue());
    }
    return Json.object().with("special", ids).with("tokens", Json.ofList(tokens));
  }

  public static Builder builder() {
    return new Builder(Specials.standard(), TokenCounts.MOST_HELD);
  }

  public static Builder builder(Specials specials) {
    return new Builder(specials, TokenCounts.MOST_HELD);
  }

  /// How many ids there are, the special ones included.
  public int size() {
    return tokens.size();
  }

  /// The token of each id.
  public List<String> tokens() {
    return tokens;
  }

  /// The id that fills up a batch.
  public int pad() {
    return special(Specials.PAD);
  }

  /// The id of every token that has none.
  public int unk() {
    return unknown;
  }

  /// The id that begins a sequence.
  public int bos() {
    return special(Specials.BOS);
  }

  /// The id that ends a sequence.
  public int eos() {
    return special(Specials.EOS);
  }

  /// The id for a purpose: `special("mask")`.
  ///
  /// @throws TextException when there is none
  public int special(String role) {
    Integer id = special.get(role);
    if (id == null) {
      throw new TextException(
          "vocabulary: expected a special token for \"%s\", got only those for %s; make it with one"
              .formatted(role, String.join(", ", special.keySet().stream().sorted().toList())));
    }
    return id;
  }

  /// Whether the id stands for no piece of a text.
  public boolean isSpecial(int id) {
    return special.containsValue(id);
  }

  /// Whether `token` has an id of its own.
  public boolean contains(String token) {
    return ids.containsKey(token);
  }

  /// The id of `token`, or [#unk].
  public int id(String token) {
    return ids.getOrDefault(token, unknown);
  }

  /// The token with that id; for a special id, how it is written.
  public String token(int id) {
    if (id < 0 || id >= size()) {
      throw new TextException(
          ("vocabulary: expected an id from 0 to %d, got %d; does the model belong to another"
                  + " vocabulary?")
              .formatted(size() - 1, id));
    }
    return tokens.get(id);
  }

  public int[] encode(List<String> tokens) {
    return tokens.stream().mapToInt(this::id).toArray();
  }

  /// The tokens of `ids`, without those that fill up, begin and end.
  public List<String> decode(int... ids) {
    return Arrays.stream(ids).filter(id -> !silent.contains(id)).mapToObj(this::token).toList();
  }

  /// What a user should know of how the tokens were counted.
  List<String> notices() {
    return notices;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary that
        && tokens.equals(that.tokens)
        && special.equals(that.special);
  }

  @Override
  public int hashCode() {
    return tokens.hashCode();
  }

  @Override
  public String toString() {
    return "Vocabulary {size: " + size() + "}";
  }

  /// Counts tokens and keeps the frequent ones. Its memory is bounded: of texts with more different
  /// tokens than fit, the rarest are not counted.
  public static final class Builder {
    private final Specials specials;
    private final TokenCounts counts;
    private int minFrequency = 1;
    private int maxSize = Integer.MAX_VALUE;

    Builder(Specials specials, long held) {
      this.specials = specials;
      this.counts = new TokenCounts(held);
    }

    /// Leaves out tokens seen less often; 1 unless said otherwise.
    public Builder minFrequency(int minFrequency) {
      if (minFrequency < 1) {
        throw new TextException(
            "vocabulary: expected a minimum frequency from 1, got %d; take 1 to keep all"
                .formatted(minFrequency));
      }
      this.minFrequency = minFrequency;
      return this;
    }

    /// The most ids to give, the special ones included; no limit unless said otherwise.
    public Builder maxSize(int maxSize) {
      if (maxSize <= specials.tokens().size()) {
        throw new TextException(
            "vocabulary: expected a maximum size above the %d special ids, got %d; take more"
                .formatted(specials.tokens().size(), maxSize));
      }
      this.maxSize = maxSize;
      return this;
    }

    public Builder add(List<String> tokens) {
      tokens.forEach(counts::add);
      return this;
    }

    public Vocabulary build() {
      Stream<String> frequent =
          counts.tokens().stream()
              .filter(each -> each.count() >= minFrequency)
              .limit(maxSize - specials.tokens().size())
              .map(TokenCounts.Counted::token);
      var notices = counts.notice("for the vocabulary").stream().toList();
      return Vocabulary.of(specials, frequent.toList(), notices);
    }
  }
}
