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

  /// A part of a text, and whether it is a place where the text is cut.
  private record Part(int start, int end, boolean place) {}

  private static List<Part> parts(String text, Finder finder, boolean invert) {
    var parts = new ArrayList<Part>();
    var found = finder.find(text);
    int from = 0;
    for (int i = 0; i < found.size(); i += 2) {
      if (found.get(i) > from) {
        parts.add(new Part(from, found.get(i), invert));
      }
      from = found.get(i + 1);
      parts.add(new Part(found.get(i), from, !invert));
    }
    if (text.length() > from) {
      parts.add(new Part(from, text.length(), invert));
    }
    return parts;
  }

  /// Adds the words of `text`, none of them empty, to `words`.
  ///
  /// @param invert whether it is cut where the finder finds nothing
  void split(MappedText text, Finder finder, boolean invert, List<MappedText> words) {
    var parts = parts(text.text(), finder, invert);
    for (int i = 0; i < parts.size(); ) {
      var part = parts.get(i);
      int last = last(parts, i);
      boolean kept = this == MATCHES ? part.place : this != REMOVED || !part.place;
      if (kept) {
        add(text, part.start, parts.get(last).end, words);
      }
      i = last + 1;
    }
  }

  /// The last part of the word that begins with one.
  private int last(List<Part> parts, int first) {
    boolean place = parts.get(first).place;
    boolean more = first + 1 < parts.size();
    switch (this) {
      case MERGED_WITH_PREVIOUS -> {
        return !place && more && parts.get(first + 1).place ? first + 1 : first;
      }
      case MERGED_WITH_NEXT -> {
        return place && more && !parts.get(first + 1).place ? first + 1 : first;
      }
      case CONTIGUOUS -> {
        int last = first;
        while (last + 1 < parts.size() && parts.get(last + 1).place == place) {
          last++;
        }
        return last;
      }
      default -> {
        return first;
      }
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
