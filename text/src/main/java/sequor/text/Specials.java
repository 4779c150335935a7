package sequor.text;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tokens that stand for no piece of a text, by what they are for.
///
/// @param tokens how each is written where people read it, by its role: `pad`, `unk`, `bos`, `eos`,
///   and whatever else a model was made with (`cls`, `sep`, `mask`)
public record Specials(Map<String, String> tokens) {
  /// Fills up a batch.
  public static final String PAD = "pad";

  /// Stands for every token without an id.
  public static final String UNK = "unk";

  /// Begins a sequence.
  public static final String BOS = "bos";

  /// Ends a sequence.
  public static final String EOS = "eos";

  public Specials {
    tokens = Collections.unmodifiableMap(new LinkedHashMap<>(tokens)); // in order
  }

  /// `<pad> <unk> <bos> <eos>`, with the ids 0 to 3.
  public static Specials standard() {
    var tokens = new LinkedHashMap<String, String>();
    for (var role : List.of(PAD, UNK, BOS, EOS)) {
      tokens.put(role, "<" + role + ">");
    }
    return new Specials(tokens);
  }

  /// And one more: `and("mask", "[MASK]")`.
  public Specials and(String role, String token) {
    var more = new LinkedHashMap<>(tokens);
    more.put(role, token);
    return new Specials(more);
  }
}
