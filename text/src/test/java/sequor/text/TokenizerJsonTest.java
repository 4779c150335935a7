package sequor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.SequorException;
import sequor.json.Json;
import sequor.settings.Places;

/// Files of Hugging Face's tokenizers. That they give the same ids is proved where their own code
/// is at hand, in `parity`.
class TokenizerJsonTest {
  private static final String BERT =
      """
      {
        "version": "1.0", "truncation": null, "padding": null,
        "added_tokens": [
          {"id": 0, "content": "[PAD]", "single_word": false, "lstrip": false, "rstrip": false,
           "normalized": false, "special": true},
          {"id": 1, "content": "[UNK]", "special": true},
          {"id": 2, "content": "[CLS]", "special": true},
          {"id": 3, "content": "[SEP]", "special": true},
          {"id": 4, "content": "[MASK]", "special": true}
        ],
        "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
          "strip_accents": null, "lowercase": true},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {"type": "TemplateProcessing",
          "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}},
            {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
          "pair": [], "special_tokens": {}},
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
          "max_input_chars_per_word": 100,
          "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "[MASK]": 4, "cafe": 5, "東": 6,
            "京": 7, "!": 8, "un": 9, "##able": 10}}
      }
      """;

  private static final String GPT2 =
      """
      {
        "version": "1.0", "truncation": null, "padding": null,
        "added_tokens": [{"id": 8, "content": "<|endoftext|>", "special": true}],
        "normalizer": null,
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true},
        "post_processor": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": false},
        "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true},
        "model": {"dropout": null, "unk_token": null, "continuing_subword_prefix": "",
          "end_of_word_suffix": "", "fuse_unk": false,
          "vocab": {"a": 0, "b": 1, "Ġ": 2, "Ã": 3, "©": 4, "ab": 5, "Ġab": 6, "Ã©": 7},
          "merges": ["a b", "Ġ ab", "Ã ©"]}
      }
      """;

  @TempDir Path folder;

  private Tokenizer read(String json) throws IOException {
    return TokenizerJson.read(Files.writeString(folder.resolve("tokenizer.json"), json));
  }

  @Test
  void bert() throws IOException {
    var bert = read(BERT);
    var encoding = bert.encode("Café 東京\u00AD!");
    assertThat(encoding.ids()).containsExactly(5, 6, 7, 8);
    assertThat(encoding.starts()).containsExactly(0, 5, 6, 8);
    assertThat(encoding.ends()).containsExactly(4, 6, 7, 9);
    assertThat(bert.vocabulary().bos()).isEqualTo(2);
    assertThat(bert.vocabulary().eos()).isEqualTo(3);
    assertThat(bert.vocabulary().special("mask")).isEqualTo(4);
    assertThat(bert.decode(2, 9, 10, 8, 3, 0)).isEqualTo("unable !");
  }

  @Test
  void gpt2() throws IOException {
    var gpt2 = read(GPT2);
    var encoding = gpt2.encode("ab abé");
    assertThat(encoding.ids()).containsExactly(5, 6, 7);
    assertThat(encoding.starts()).containsExactly(0, 2, 5);
    assertThat(encoding.ends()).containsExactly(2, 5, 6);
    assertThat(gpt2.decode(encoding.ids())).isEqualTo("ab abé");
    assertThat(gpt2.vocabulary().eos()).isEqualTo(8);
    assertThat(gpt2.vocabulary().pad()).isEqualTo(8);
  }

  @Test
  void whatIsReadIsSavedInOurOwnFile() throws IOException {
    for (var json : List.of(BERT, GPT2)) {
      var tokenizer = read(json);
      tokenizer.save(folder.resolve("tokens.json"));
      var loaded = Tokenizer.load(folder.resolve("tokens.json"));
      assertThat(loaded).isEqualTo(tokenizer);
      assertThat(loaded.encode("Café ab").ids()).isEqualTo(tokenizer.encode("Café ab").ids());
    }
  }

  @Test
  void aRecipeNamesTheFile() throws IOException {
    read(BERT);
    var section =
        TokenSettings.section()
            .complete(
                Json.object()
                    .with("tokenizer", "pretrained")
                    .with("tokenizer_file", folder.resolve("tokenizer.json").toString())
                    .with("transforms", List.of("brackets")),
                "tokens.",
                Places.of("my.yaml"));
    var tokenizer = Tokenizer.learn(section, List.of());
    assertThat(tokenizer.encode("café (unable)").ids()).containsExactly(5);
  }

  private void isRefused(String json, String message) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(TextException.class)
        .hasMessageContaining("tokenizer.json: " + message);
  }

  @Test
  void whatWeHaveNotIsRefusedByName() {
    isRefused(
        BERT.replace("\"BertNormalizer\"", "\"Precompiled\""),
        "normalizer.type: expected one of Sequence, NFC, ");
    isRefused(
        BERT.replace("\"BertPreTokenizer\"", "\"UnicodeScripts\""),
        "pre_tokenizer.type: expected one of Sequence, ");
    isRefused(
        BERT.replace("{\"type\": \"WordPiece\", \"prefix\"", "{\"type\": \"CTC\", \"prefix\""),
        "decoder.type: expected one of WordPiece, ");
    isRefused(
        BERT.replace("TemplateProcessing", "Fancy"),
        "post_processor.type: expected one of Sequence, ");
    isRefused(
        BERT.replace("[MASK]\", \"special\": true", "[MASK]\", \"special\": false"),
        "added_tokens: expected special tokens, got \"[MASK]\"");
    isRefused(
        GPT2.replace("\"end_of_word_suffix\": \"\"", "\"end_of_word_suffix\": \"</w>\""),
        "model.end_of_word_suffix: expected none, got \"</w>\"");
    isRefused(GPT2.replace("\"dropout\": null", "\"dropout\": 0.1"), "model.dropout: ");
    isRefused(
        GPT2.replace("\"Ã ©\"", "\"Ã x\""),
        "model.merges[2]: expected two tokens of the vocabulary, got \"Ã x\"");
  }

  @Property(tries = 300)
  void aDamagedFileIsAClearError(
      @ForAll @IntRange(max = 1900) int place, @ForAll byte value, @ForAll boolean cut)
      throws IOException {
    byte[] bytes = (place % 2 == 0 ? BERT : GPT2).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    int at = place % bytes.length;
    bytes[at] = value;
    var file = Files.createTempFile("tokenizer", ".json");
    Files.write(file, cut ? Arrays.copyOf(bytes, at) : bytes);
    try {
      TokenizerJson.read(file).encode("Café ab");
    } catch (SequorException e) {
      assertThat(e).hasMessageContaining(String.valueOf(file.getFileName()));
    } finally {
      Files.delete(file);
    }
  }
}
