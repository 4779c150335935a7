package sequor.parity;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.text.TokenizerJson;

/// What we read of a `tokenizer.json` gives the ids that Hugging Face's own code gives.
@Tag("libtorch")
class TokenizerParityTest {
  private static final List<String> PARTS =
      List.of(
          "a",
          "b",
          "c",
          "ab",
          "abc",
          "cab",
          " ",
          "  ",
          " a",
          "A",
          "É",
          "é",
          "e\u0301",
          "ς",
          "Σ",
          "İ",
          "1",
          "12",
          "345",
          "½",
          "東京",
          "한국",
          "\u1112\u1161\u11ab",
          "😀",
          "👍🏽",
          "\n",
          "\t",
          "\u00A0",
          "\u00AD",
          "\u200B",
          "\u200D",
          "\uFEFF",
          "'s",
          "'ll",
          "!",
          "...",
          "-",
          "_",
          "$",
          "+",
          "«",
          "\u2028",
          "ﬁ",
          "①",
          "\u0301",
          "ﾊﾞ",
          "שָ",
          "x",
          "\u0000",
          "▁",
          "\uFFFD",
          "\uE000");

  private static final JsonObject METASPACE =
      type("Metaspace").with("replacement", "▁").with("prepend_scheme", "never");

  @TempDir Path folder;

  private static JsonObject type(String name) {
    return Json.object().with("type", name);
  }

  private static JsonObject file(JsonObject model) {
    return Json.object()
        .with("version", "1.0")
        .with("truncation", null)
        .with("padding", null)
        .with("added_tokens", List.of())
        .with("normalizer", null)
        .with("pre_tokenizer", null)
        .with("post_processor", null)
        .with("decoder", null)
        .with("model", model);
  }

  private static Map<String, Integer> numbered(List<String> tokens) {
    var ids = new LinkedHashMap<String, Integer>();
    tokens.forEach(token -> ids.putIfAbsent(token, ids.size()));
    return ids;
  }

  /// Random texts of hard parts, and their ids by both.
  private void compare(String what, JsonObject json) throws IOException {
    var path = Files.writeString(folder.resolve("tokenizer.json"), json.toString());
    var ours = TokenizerJson.read(path);
    var random = new Random(7);
    try (var theirs = HuggingFaceTokenizer.newInstance(path, Map.of("addSpecialTokens", "false"))) {
      for (int i = 0; i < 400; i++) {
        var text = new StringBuilder();
        int parts = random.nextInt(12);
        for (int p = 0; p < parts; p++) {
          text.append(PARTS.get(random.nextInt(PARTS.size())));
        }
        int[] expected =
            IntStream.of(toInts(theirs.encode(text.toString(), false, false).getIds())).toArray();
        assertThat(ours.encode(text.toString()).ids())
            .as("%s: %s", what, Json.of(text.toString()))
            .isEqualTo(expected);
      }
    }
  }

  private static int[] toInts(long[] ids) {
    return IntStream.range(0, ids.length).map(i -> (int) ids[i]).toArray();
  }

  private static JsonObject wordPiece() {
    return type("WordPiece")
        .with("unk_token", "[UNK]")
        .with("continuing_subword_prefix", "##")
        .with("max_input_chars_per_word", 100)
        .with(
            "vocab",
            numbered(
                List.of(
                    "[PAD]",
                    "[UNK]",
                    "a",
                    "b",
                    "ab",
                    "##c",
                    "##a",
                    "##b",
                    "##ab",
                    "c",
                    "e",
                    "é",
                    "É",
                    "##e",
                    "##é",
                    "!",
                    "-",
                    ".",
                    "_",
                    "$",
                    "+",
                    "東",
                    "京",
                    "1",
                    "##2",
                    "12",
                    "x",
                    "##x",
                    "σ",
                    "##σ",
                    "ς",
                    "'",
                    "s",
                    "ll",
                    "한",
                    "##국",
                    "한국",
                    "i",
                    "##\u0307",
                    "ש",
                    "שָ",
                    "«")));
  }

  @Test
  void bertsPieces() throws IOException {
    for (int flags = 0; flags < 16; flags++) {
      var normalizer =
          type("BertNormalizer")
              .with("clean_text", (flags & 1) == 0)
              .with("handle_chinese_chars", (flags & 2) == 0)
              .with("strip_accents", flags < 12 ? Json.of(null) : Json.of((flags & 8) == 0))
              .with("lowercase", (flags & 4) == 0);
      compare(
          normalizer.toString(),
          file(wordPiece())
              .with("normalizer", normalizer)
              .with("pre_tokenizer", type("BertPreTokenizer"))
              .with("decoder", type("WordPiece").with("prefix", "##").with("cleanup", true)));
    }
  }

  @Test
  void everyNormalizer() throws IOException {
    var normalizers =
        List.of(
            type("NFC"),
            type("NFD"),
            type("NFKC"),
            type("NFKD"),
            type("Lowercase"),
            type("StripAccents"),
            type("Strip").with("strip_left", true).with("strip_right", true),
            type("Prepend").with("prepend", "a"),
            type("Replace").with("pattern", Json.object().with("String", ".")).with("content", "b"),
            type("Replace")
                .with("pattern", Json.object().with("Regex", "\\d+"))
                .with("content", "1"));
    for (var normalizer : normalizers) {
      compare(
          normalizer.toString(),
          file(characters()).with("normalizer", normalizer).with("decoder", METASPACE));
    }
  }

  /// Every letter a token, so that nothing hides behind an unknown one.
  private static JsonObject characters() {
    var tokens = new ArrayList<>(List.of("[UNK]"));
    for (var part : PARTS) {
      for (var form : Normalizer.Form.values()) {
        String some = part + part.toLowerCase(Locale.ROOT) + "σi\u0307";
        Normalizer.normalize(some, form)
            .codePoints()
            .forEach(c -> tokens.add(Character.toString(c)));
      }
    }
    return type("BPE")
        .with("unk_token", "[UNK]")
        .with("fuse_unk", false)
        .with("vocab", numbered(tokens))
        .with("merges", List.of());
  }

  @Test
  void everyPreTokenizer() throws IOException {
    var words = new ArrayList<JsonObject>();
    words.add(type("Whitespace"));
    words.add(type("WhitespaceSplit"));
    words.add(type("BertPreTokenizer"));
    words.add(type("Digits").with("individual_digits", true));
    words.add(type("Digits").with("individual_digits", false));
    for (var behavior :
        List.of("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous")) {
      words.add(type("Punctuation").with("behavior", behavior));
      for (boolean invert : new boolean[] {false, true}) {
        words.add(
            type("Split")
                .with("pattern", Json.object().with("Regex", "[a-c]+|\\d"))
                .with("behavior", behavior)
                .with("invert", invert));
      }
    }
    for (var scheme : List.of("always", "never", "first")) {
      for (boolean split : new boolean[] {true, false}) {
        words.add(
            type("Metaspace")
                .with("replacement", "▁")
                .with("prepend_scheme", scheme)
                .with("split", split));
      }
    }
    for (var word : words) {
      var merged =
          characters()
              .with("ignore_merges", true); // whole words are tokens only where there are such
      compare(word.toString(), file(merged).with("pre_tokenizer", word).with("decoder", METASPACE));
      compare(
          word + " with merges",
          file(merges(List.of("▁", "a", "b", "c", "1", "2", "!", ".", " ", "\n"), 60, false))
              .with("pre_tokenizer", word)
              .with("decoder", METASPACE));
    }
  }

  /// Random merges of some letters.
  private static JsonObject merges(List<String> letters, int count, boolean bytes) {
    var random = new Random(count);
    var tokens = new ArrayList<>(List.of("<unk>"));
    if (bytes) {
      IntStream.range(0, 256).forEach(b -> tokens.add("<0x%02X>".formatted(b)));
    }
    int first = tokens.size();
    tokens.addAll(letters);
    var merges = new ArrayList<String>();
    var written = new ArrayList<List<String>>();
    while (merges.size() < count) {
      String left = tokens.get(first + random.nextInt(tokens.size() - first));
      String right = tokens.get(first + random.nextInt(tokens.size() - first));
      if (left.length() + right.length() <= 6 && !merges.contains(left + "\n" + right)) {
        merges.add(left + "\n" + right);
        written.add(List.of(left, right));
        if (!tokens.contains(left + right)) {
          tokens.add(left + right);
        }
      }
    }
    return type("BPE")
        .with("unk_token", "<unk>")
        .with("fuse_unk", bytes)
        .with("byte_fallback", bytes)
        .with("vocab", numbered(tokens))
        .with("merges", written);
  }

  /// As Llama's: a space is a letter, what is unknown is bytes.
  @Test
  void bytesForUnknownLetters() throws IOException {
    var space = Json.object().with("String", " ");
    var normalizer =
        type("Sequence")
            .with(
                "normalizers",
                List.of(
                    type("Prepend").with("prepend", "▁"),
                    type("Replace").with("pattern", space).with("content", "▁")));
    var decoder =
        type("Sequence")
            .with(
                "decoders",
                List.of(
                    type("Replace")
                        .with("pattern", Json.object().with("String", "▁"))
                        .with("content", " "),
                    type("ByteFallback"),
                    type("Fuse"),
                    type("Strip").with("content", " ").with("start", 1).with("stop", 0)));
    compare(
        "byte_fallback",
        file(merges(List.of("▁", "a", "b", "c", "é"), 60, true))
            .with("normalizer", normalizer)
            .with("decoder", decoder));
  }

  /// As GPT-2's and later ones.
  @Test
  void bytesAsLetters() throws IOException {
    var letters = new ArrayList<String>();
    int next = 0x100;
    for (int b = 0; b < 256; b++) {
      boolean prints = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
      letters.add(Character.toString(prints ? b : next++));
    }
    var model = merges(List.of("a", "b", "c", "Ġ", "Ã", "©", "1", "2"), 40, false);
    var tokens = new ArrayList<>(model.object("vocab").names());
    tokens.addAll(letters);
    model = model.with("vocab", numbered(tokens)).without("unk_token");
    for (boolean prefix : new boolean[] {false, true}) {
      var bytes =
          type("ByteLevel")
              .with("add_prefix_space", prefix)
              .with("trim_offsets", true)
              .with("use_regex", true);
      compare(bytes.toString(), file(model).with("pre_tokenizer", bytes).with("decoder", bytes));
    }
    var split =
        type("Split")
            .with(
                "pattern",
                Json.object()
                    .with(
                        "Regex",
                        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|"
                            + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"))
            .with("behavior", "Isolated")
            .with("invert", false);
    var bytes =
        type("ByteLevel")
            .with("add_prefix_space", false)
            .with("trim_offsets", true)
            .with("use_regex", false);
    compare(
        "Llama 3",
        file(model.with("ignore_merges", true))
            .with("pre_tokenizer", type("Sequence").with("pretokenizers", List.of(split, bytes)))
            .with("decoder", bytes));
  }

  @Test
  void unigramPieces() throws IOException {
    var random = new Random(3);
    for (int round = 0; round < 5; round++) {
      var pieces = new ArrayList<List<Object>>();
      pieces.add(List.of("<unk>", 0.0));
      for (var piece :
          List.of(
              "▁", "a", "b", "c", "▁a", "ab", "bc", "abc", "▁ab", "cab", "ca", "é", "1", "12",
              "!")) {
        pieces.add(List.of(piece, -1 - 9 * random.nextDouble()));
      }
      var model = type("Unigram").with("unk_id", 0).with("vocab", pieces);
      var metaspace =
          type("Metaspace")
              .with("replacement", "▁")
              .with("prepend_scheme", "always")
              .with("split", true);
      compare(
          "Unigram " + round,
          file(model).with("pre_tokenizer", metaspace).with("decoder", metaspace));
    }
  }
}
