package sequor.tasks;

import java.util.ArrayList;
import java.util.List;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.text.Encoding;
import sequor.text.MappedText;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;
import sequor.text.Vocabulary;

/// What a model reads of a text, step by step.
///
/// @param text as it was given
/// @param steps what became of it before it was cut into tokens
/// @param tokens what is read, marks included
/// @param left how many tokens are not read, since the text has too many
public record Reading(String text, List<Step> steps, List<Token> tokens, int left) {
  /// One transform.
  ///
  /// @param name of it
  /// @param text behind it
  public record Step(String name, String text) {}

  /// One token.
  ///
  /// @param token as the vocabulary writes it
  /// @param start where it begins in the text that was given, in `char`s
  /// @param end where it ends there
  /// @param known whether it has an id of its own; all others have that of `<unk>`
  public record Token(String token, int id, int start, int end, boolean known) {}

  public Reading {
    steps = List.copyOf(steps);
    tokens = List.copyOf(tokens);
  }

  /// What a model reads through a tokenizer.
  ///
  /// @param marks whether `<bos>` and `<eos>` stand around every text
  public static Reading of(
      Tokenizer tokenizer, TokenSettings settings, boolean marks, String text) {
    var steps = new ArrayList<Step>();
    var mapped = MappedText.of(text);
    for (var transform : tokenizer.transforms()) {
      mapped = transform.apply(mapped);
      steps.add(new Step(transform.name(), mapped.text()));
    }
    var whole = tokenizer.encode(text);
    var words = settings.cut(tokenizer.segmenter().tokens(mapped.text()));
    var read = tokens(tokenizer, words, settings.cut(whole));
    if (marks) {
      read.addFirst(mark(tokenizer.vocabulary(), tokenizer.vocabulary().bos(), read, true));
      read.addLast(mark(tokenizer.vocabulary(), tokenizer.vocabulary().eos(), read, false));
    }
    return new Reading(text, steps, read, whole.length() - words.size());
  }

  /// What a model reads of two texts, as of one with a tab between them.
  static Reading ofPair(Reading first, Reading second, Vocabulary vocabulary, boolean marks) {
    int moved = first.text.length() + 1;
    var read = new ArrayList<>(first.tokens);
    int eos = vocabulary.eos();
    int between = read.isEmpty() ? 0 : read.getLast().end();
    read.add(new Token(vocabulary.token(eos), eos, between, between, true));
    for (var token : second.tokens) {
      read.add(
          new Token(token.token, token.id, token.start + moved, token.end + moved, token.known));
    }
    if (marks) {
      read.addFirst(mark(vocabulary, vocabulary.bos(), read, true));
      read.addLast(mark(vocabulary, eos, read, false));
    }
    var steps = new ArrayList<Step>();
    for (int i = 0; i < first.steps.size(); i++) {
      var step = first.steps.get(i);
      steps.add(new Step(step.name, step.text + '\t' + second.steps.get(i).text));
    }
    String text = first.text + '\t' + second.text;
    return new Reading(text, steps, read, first.left + second.left);
  }

  private static List<Token> tokens(Tokenizer tokenizer, List<String> words, Encoding encoding) {
    var tokens = new ArrayList<Token>();
    for (int i = 0; i < words.size(); i++) {
      tokens.add(
          new Token(
              words.get(i),
              encoding.ids()[i],
              encoding.starts()[i],
              encoding.ends()[i],
              tokenizer.vocabulary().contains(words.get(i))));
    }
    return tokens;
  }

  private static Token mark(Vocabulary vocabulary, int id, List<Token> read, boolean first) {
    int at = read.isEmpty() ? 0 : first ? read.getFirst().start() : read.getLast().end();
    return new Token(vocabulary.token(id), id, at, at, true);
  }

  public JsonObject json() {
    var shown = new ArrayList<JsonObject>();
    for (var token : tokens) {
      shown.add(
          Json.object()
              .with("token", token.token())
              .with("id", token.id())
              .with("start", token.start())
              .with("end", token.end())
              .with("known", token.known()));
    }
    var changed =
        steps.stream()
            .map(step -> Json.object().with("name", step.name()).with("text", step.text()))
            .toList();
    return Json.object()
        .with("text", text)
        .with("steps", changed)
        .with("tokens", shown)
        .with("left", left);
  }
}
