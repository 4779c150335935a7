package sequor.tasks.language;

import java.util.Arrays;
import sequor.models.Inputs;
import sequor.text.Encoding;
import sequor.text.Item;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;

/// A text as a language model learns and judges it: what it reads, and what it is to say next.
///
/// ```
/// abc → reads <bos> a b c, says a b c <eos>
/// ```
///
/// A part of a longer text has no end of its own, and is never too long: it reads `<bos> a b`.
///
/// @param parts whether texts are parts of a longer one
record NextTokens(Tokenizer tokenizer, TokenSettings settings, boolean parts) {
  /// The column of what it reads.
  static final String TEXT = Inputs.TEXT;

  /// The column of what it says.
  static final String NEXT = "next";

  /// The column of what it is conditioned on.
  static final String LABEL = "label";

  Item item(Encoding whole, int label) {
    int[] ids = cut(whole).ids();
    int[] said = parts ? ids : ended(ids);
    return new Item()
        .ids(TEXT, Arrays.copyOf(begun(ids), said.length), tokenizer.vocabulary().pad())
        .targets(NEXT, said)
        .id(LABEL, label);
  }

  /// What the model is to say of a text: its ids and `<eos>`.
  int[] said(String text) {
    return ended(cut(tokenizer.encode(text)).ids());
  }

  private Encoding cut(Encoding whole) {
    return parts ? whole : settings.cut(whole);
  }

  /// What is read first of a text that begins so. Where a model learned stretches of a longer text,
  /// few of them began with `<bos>`, so it is left out where there is anything else to read.
  int[] opened(int[] ids) {
    return parts && ids.length > 0 ? ids : begun(ids);
  }

  /// `<bos>` and ids.
  int[] begun(int[] ids) {
    int[] begun = new int[ids.length + 1];
    begun[0] = tokenizer.vocabulary().bos();
    System.arraycopy(ids, 0, begun, 1, ids.length);
    return begun;
  }

  private int[] ended(int[] ids) {
    int[] ended = Arrays.copyOf(ids, ids.length + 1);
    ended[ids.length] = tokenizer.vocabulary().eos();
    return ended;
  }

  boolean isCut(Encoding whole) {
    return !parts && whole.length() > settings.maxLength();
  }

  /// How many characters the model reads of a text.
  int characters(String text, Encoding whole) {
    var read = cut(whole);
    return read.length() == 0
        ? 0
        : text.codePointCount(read.starts()[0], read.ends()[read.length() - 1]);
  }
}
