package sequor.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/// What becomes of the places where a text is cut, in the words of Hugging Face's tokenizers.
enum Splits {
  /// What stands there is left out.
  REMOVED,
  /// It is a word of its own.
  ISOLATED,
  /// It ends the word before it.
  MERGED_WITH_PREVIOUS,
  /// It begins the word behind it.
  MERGED_WITH_NEXT,
  /// What stands next to each other there is one word.
  CONTIGUOUS,
  /// What does not stand there is left out.
  MATCHES;

  static Splits of(String name) {
    return switch (name) {
      case "Removed" -> REMOVED;
      case "Isolated" -> ISOLATED;
      case "MergedWithPrevious" -> MERGED_WITH_PREVIOUS;
      case "MergedWithNext" -> MERGED_WITH_NEXT;
      case "Contiguous" -> CONTIGUOUS;
      default ->
          throw new TextException(
              ("behavior: expected one of Removed, Isolated, MergedWithPrevious, MergedWithNext,"
                      + " Contiguous, got \"%s\"; write one of them")
                  .formatted(name));
    };
  }

  /// Finds the places where a text is cut, in order: start, end, start, end, …
  interface Finder {
    List<Integer> find(String text);
  }

  /// Each character of some kind.
  static Finder every(IntPredicate kind) {
    return text -> {
      var places = new ArrayList<Integer>();
      for (int start = 0, end; start < text.length(); start = end) {
        int c = text.codePointAt(start);
        end = start + Character.charCount(c);
        if (kind.test(c)) {
          places.add(start);
          places.add(end);
        }
      }
      return places;
    };
  }

  /// What an expression finds.
  static Finder matches(Pattern pattern) {
    return text -> {
      var places = new ArrayList<Integer>();
      var found = pattern.matcher(text);
      while (found.find()) {
        if (found.end() > found.start()) {
          places.add(found.start());
          places.add(found.end());
        }
      }
      return places;
    };
  }

  /// What an expression leaves between.
  static Finder gaps(Pattern pattern) {
    var matches = matches(pattern);
    return text -> {
      var places = new ArrayList<Integer>();
      int from = 0;
      var found = matches.find(text);
      for (int i = 0; i < found.size(); i += 2) {
        if (found.get(i) > from) {
          places.add(from);
          places.add(found.get(i));
        }
        from = found.get(i + 1);
      }
      if (text.length() > from) {
        places.add(from);
        places.add(text.length());
      }
      return places;
    };
  }

  /// Adds the words of `text`, none of them empty, to `words`.
  void split(MappedText text, Finder finder, List<MappedText> words) {
    var found = finder.find(text.text());
    int length = text.text().length();
    int from = 0; // where the word begins that is not yet ended
    int done = 0; // up to where the text was looked at
    boolean before = false; // whether a place ended there
    for (int i = 0; i < found.size(); i += 2) {
      int start = found.get(i);
      int end = found.get(i + 1);
      boolean adjacent = before && start == done;
      switch (this) {
        case REMOVED -> {
          add(text, from, start, words);
          from = end;
        }
        case ISOLATED -> {
          add(text, from, start, words);
          add(text, start, end, words);
          from = end;
        }
        case MATCHES -> {
          add(text, start, end, words);
          from = length;
        }
        case CONTIGUOUS -> {
          if (!adjacent) {
            add(text, from, start, words);
            from = start;
          }
        }
        case MERGED_WITH_PREVIOUS -> {
          add(text, from, end, words);
          from = end;
        }
        case MERGED_WITH_NEXT -> {
          add(text, from, start, words);
          from = start;
        }
      }
      done = end;
      before = true;
      boolean last = i + 2 >= found.size() || found.get(i + 2) > end;
      if (this == CONTIGUOUS && last) {
        add(text, from, end, words);
        from = end;
      }
    }
    if (this != MATCHES) {
      add(text, from, length, words);
    }
  }

  private static void add(MappedText text, int from, int to, List<MappedText> words) {
    if (to > from) {
      words.add(
          from == 0 && to == text.text().length()
              ? text
              : new MappedText.Builder(text).copy(from, to).text());
    }
  }

  /// What BERT calls punctuation: all signs of ASCII, and what Unicode calls so.
  static boolean isPunctuation(int c) {
    if (c < 0x80) {
      return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  static boolean isNumber(int c) {
    return switch (Character.getType(c)) {
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
      default -> false;
    };
  }
}
