package sequor.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sequor.json.Json;
import sequor.settings.Places;
import sequor.settings.Settings;

class TokenFormatTest {
  private static final String SPANISH =
      """
      # text = vamonos
      1-2	vamonos	_	_	_	_	_	_	_	_
      1	vamos	ir	VERB	_	_	0	root	_	_
      1.1	_	_	_	_	_	_	_	_	_
      2	nos	nos	PRON	_	_	1	obj	_	_
      3	!	!	PUNCT	_	_	1	punct	_	_

      """;

  @TempDir Path folder;

  private static Settings data(Map<String, Object> written) {
    return DataSettings.section().complete(Json.ofMap(written), "data.", Places.of("my.yaml"));
  }

  private Path write(String name, String content, Charset charset) throws IOException {
    return Files.write(folder.resolve(name), content.getBytes(charset));
  }

  private List<Row> rows(String name, String content) throws IOException {
    return Data.open(data(Map.of()), write(name, content, UTF_8)).toList();
  }

  private List<Sentence> sentences(Path file) {
    return Data.sentences(data(Map.of()), file).orElseThrow().toList();
  }

  private void refuses(String name, String content, String message) throws IOException {
    var file = write(name, content, UTF_8);
    assertThatThrownBy(() -> Data.open(data(Map.of()), file).toList())
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  @Test
  void rangesAndEmptyNodesAreNoWordsAndComeBack() throws IOException {
    var file = write("b06.conllu", SPANISH, UTF_8);

    var row = Data.open(data(Map.of()), file).toList().getFirst();
    assertThat(row.list("form")).containsExactly("vamos", "nos", "!");
    assertThat(row.list("upos")).containsExactly("VERB", "PRON", "PUNCT");
    assertThat(row.list("4")).isEqualTo(row.list("upos")); // by number too
    assertThat(row.place()).isEqualTo("b06.conllu:3");

    var sentence = sentences(file).getFirst();
    assertThat(sentence.with("upos", List.of("A", "B", "C")))
        .containsExactlyElementsOf(
            SPANISH
                .replace("VERB", "A")
                .replace("PRON", "B")
                .replace("PUNCT", "C")
                .lines()
                .toList());
    assertThatThrownBy(() -> sentence.with("upos", List.of("A")))
        .hasMessage("b06.conllu:3: expected 3 values, one a token, got 1; give each one");
    assertThatThrownBy(() -> sentence.with("upos", List.of("A", "B\tC", "")))
        .hasMessageStartingWith("b06.conllu:3: expected a value that can stand between tabs, got");
  }

  @Test
  void columnsOfConllArePartedBySpacesOrTabs() throws IOException {
    String text =
        """
        -DOCSTART- -X- -X- O

        # a comment
        EU NNP B-NP  B-ORG
        # # B-NP O
        rejects VBZ B-VP O

        # sent_id = 2
        Peter NNP B-NP B-PER
        """;
    var rows = rows("a.conll", text);
    assertThat(rows).hasSize(2);
    assertThat(rows.getFirst().list("1")).containsExactly("EU", "#", "rejects");
    assertThat(rows.getFirst().list("4")).containsExactly("B-ORG", "O", "O");
    assertThat(rows.getLast().list("4")).containsExactly("B-PER");

    var tabs = rows("b.tsv", "New York\tB\nis\tO\n\nbig\tO\n");
    assertThat(tabs.getFirst().list("1")).containsExactly("New York", "is");
    assertThat(tabs.getLast().list("2")).containsExactly("O");
  }

  @Test
  void columnsHaveNames() throws IOException {
    var settings = data(Map.of("format", "conll", "names", List.of("word", "_", "tag")));
    var file = write("a.txt", "EU NNP B\n", UTF_8);
    var row = Data.open(settings, file).toList().getFirst();
    assertThat(row.field("word") + row.field("tag") + row.field("2")).isEqualTo("EUBNNP");
    assertThatThrownBy(() -> row.list("tags"))
        .hasMessage("a.txt: expected a column (word, _, tag), got \"tags\"; did you mean \"tag\"?");
  }

  /// A token may be what other programs take for a line break, or for nothing.
  @Test
  void tokensMayBeOddSpaces() throws IOException {
    for (var odd : List.of("\u2028", "\u00a0", "\u0085", "a\u2028b", "\u3000")) {
      for (var name : List.of("a.conll", "a.conllu")) {
        String line = name.endsWith("u") ? "1\t%s\t_\tX\t_\t_\t_\t_\t_\t_\n" : "%s\tX\n";
        var file = write(name, line.formatted(odd) + "\n", UTF_8);
        var sentence = sentences(file).getFirst();
        String column = name.endsWith("u") ? "form" : "1";
        assertThat(sentence.row().list(column)).containsExactly(odd);
        var written = sentence.with(name.endsWith("u") ? "upos" : "2", List.of("Y"));
        var again = write("again-" + name, String.join("\n", written) + "\n", UTF_8);
        assertThat(sentences(again).getFirst().row().list(column)).containsExactly(odd);
      }
    }
  }

  @Test
  void marksAndLineEndsOfOtherSystemsAreNoTokens() throws IOException {
    var rows = rows("a.conll", "\uFEFFthe D\r\ncat N\r\n\r\nit P\r\n");
    assertThat(rows.getFirst().list("1")).containsExactly("the", "cat");
    assertThat(rows.getFirst().list("2")).containsExactly("D", "N");
    assertThat(rows).hasSize(2);
  }

  @Test
  void aColumnThatAFileLacksIsPutBehindTheOthers() throws IOException {
    var words = sentences(write("a.conll", "the\ncat\n", UTF_8)).getFirst();
    assertThat(words.with("2", List.of("D", "N"))).containsExactly("the\tD", "cat\tN");
    var spaces = sentences(write("b.conll", "the x\ncat y\n", UTF_8)).getFirst();
    assertThat(spaces.with("3", List.of("D", "N"))).containsExactly("the x D", "cat y N");
    assertThat(spaces.with("1", List.of("a", "b"))).containsExactly("a x", "b y");
  }

  @Test
  void whatStandsBehindTheLastSentenceIsNotLost() throws IOException {
    var file = write("a.conllu", SPANISH + "# the end\n", UTF_8);
    var all = sentences(file);
    assertThat(all.stream().flatMap(each -> each.lines().stream()).toList())
        .containsExactlyElementsOf((SPANISH + "# the end\n").lines().toList());
    assertThat(Data.open(data(Map.of()), file).toList()).hasSize(1);
  }

  @Test
  void listsInJsonAreSentences() throws IOException {
    var row =
        rows("a.jsonl", "{\"tokens\": [\"New York\", \"is\"], \"tags\": [1, 0]}\n").getFirst();
    assertThat(row.list("tokens")).containsExactly("New York", "is");
    assertThat(row.list("tags")).containsExactly("1", "0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          the D/cat         | a.conll:2: expected 2 columns, as line 1 has, with spaces between, got 1; mend the line
          the D/cat N x     | a.conll:2: expected 2 columns, as line 1 has, with spaces between, got 3; mend the line
          the*D/*N          | a.conll:2: expected a token in column 1, got none; write one
          """)
  void whatIsWrongIsNamedWithItsLine(String lines, String message) throws IOException {
    refuses("a.conll", lines.replace('/', '\n').replace('*', '\t'), message);
  }

  @Test
  void whatIsNoConlluIsNamedWithItsLine() throws IOException {
    String word = "1\tvamos\tir\tVERB\t_\t_\t0\troot\t_\t_\n";
    refuses(
        "a.conllu",
        word + "\n" + word.replace('\t', ' '),
        "a.conllu:3: expected 10 columns with tabs between, got 1; see"
            + " universaldependencies.org/format.html");
    refuses(
        "a.conllu",
        word + word,
        "a.conllu:2: expected word 2 (or a range such as 1-2, or a node such as 1.1), got '1'; is a"
            + " blank line missing before it?");
    refuses(
        "a.conllu",
        word.replace("1\tvamos", "vamos\t1"),
        "a.conllu:1: expected word 1 (or a range such as 1-2, or a node such as 1.1), got 'vamos';"
            + " number the words");
    refuses(
        "a.conllu",
        word.replace("vamos", ""),
        "a.conllu:1: expected a word in column 2, got none; write _ for none");
    refuses(
        "a.conllu",
        word.replace("ir", "i\rr"),
        "a.conllu:1: expected a line without line breaks, got a CR in it; save the file with LF");
    var latin = write("latin.conllu", word.replace("vamos", "adiós"), ISO_8859_1);
    assertThatThrownBy(() -> Data.open(data(Map.of()), latin).toList())
        .hasMessage("latin.conllu:1: expected UTF-8, got the byte 0xF3; save the file as UTF-8");
  }

  @Test
  void aFileWithoutBlankLinesIsRefusedBeforeItFillsMemory() throws IOException {
    refuses(
        "a.conll",
        "a X\n" + "b Y\n".repeat(1_000_000),
        "a.conll:1: expected a sentence of at most 10,000 tokens, got more; put a blank line behind"
            + " each sentence");
    refuses(
        "a.conll",
        "a X\n".repeat(3) + "\n" + ("b" + "c".repeat(9_000_000) + " Y\n").repeat(2),
        "a.conll:5: expected a sentence of at most 16,777,216 characters, got more; put a blank"
            + " line behind each sentence");
  }

  @Test
  void aTableIsNotTakenForSentences() throws IOException {
    assertThat(ConllFormat.isTokens("text\tlabel\na b\tx\nc\ty\n")).isFalse();
    assertThat(ConllFormat.isTokens("a\tX\nb\tY\n\nc\tX\nd")).isTrue();
    assertThat(ConllFormat.isTokens("a\tX\nb\tY\n\n")).isFalse(); // ends with a blank line
    assertThat(ConllFormat.isTokens("a line\n\nanother line\n\nmore\n")).isFalse();
    var table = rows("a.tsv", "text\tlabel\na\tx\n");
    assertThat(table.getFirst().columns()).containsExactly("text", "label");
    assertThat(Data.sentences(data(Map.of()), folder.resolve("a.tsv"))).isEmpty();
    var all = new ArrayList<Row>(table);
    assertThat(all).hasSize(1);
  }

  /// It is no sentence's, and stays where it is when tags are written.
  @Test
  void aFirstLineMayNameTheColumns() throws IOException {
    String content = "Token\tPOS\tNER\nEU\tNNP\tB-ORG\nrejects\tVBZ\tO\n\nword\tNN\tO\n";
    var rows = rows("named.tsv", content);
    assertThat(rows).hasSize(2);
    assertThat(rows.getFirst().columns()).containsExactly("Token", "POS", "NER");
    assertThat(rows.getFirst().list("NER")).containsExactly("B-ORG", "O");
    assertThat(rows.getLast().list("1")).containsExactly("word");
    var first = sentences(folder.resolve("named.tsv")).getFirst();
    assertThat(first.with("NER", List.of("B-LOC", "O")))
        .containsExactly("Token\tPOS\tNER", "EU\tNNP\tB-LOC", "rejects\tVBZ\tO", "");
    var plain = rows("plain.conll", "word NN O\nlabel NN O\n\n");
    assertThat(plain.getFirst().columns()).containsExactly("1", "2", "3");
  }
}
