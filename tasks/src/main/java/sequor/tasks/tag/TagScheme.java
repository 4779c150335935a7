package sequor.tasks.tag;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sequor.nn.Constraints;
import sequor.tasks.TaskException;

/// How spans are written as one tag a token.
///
/// ```
///          Wolff   ,   a   Argentinian   in   New     York    City    .
/// IO       I-PER   O   O   I-MISC        O    I-LOC   I-LOC   I-LOC   O
/// IOB1     I-PER   O   O   I-MISC        O    I-LOC   I-LOC   I-LOC   O
/// BIO      B-PER   O   O   B-MISC        O    B-LOC   I-LOC   I-LOC   O
/// BIOES    S-PER   O   O   S-MISC        O    B-LOC   I-LOC   E-LOC   O
/// ```
///
/// `L` and `U` are read as `E` and `S` (BILOU). A tag without a hyphen has the empty type.
public enum TagScheme {
  /// `I` inside; neighbours of one type become one span.
  IO("OI"),
  /// `B` only where a span follows another of its type, as in the files of CoNLL-2003.
  IOB1("OIB"),
  /// `B` wherever a span begins (IOB2).
  BIO("OIB"),
  /// `E` where a span of several tokens ends, and `S` for one of a single token (IOBES, BILOU).
  BIOES("OIBES");

  private final String letters;

  TagScheme(String letters) {
    this.letters = letters;
  }

  /// The scheme of some sequences of tags: by the letters that there are, and by where `B` stands.
  /// Empty if these are no tags of spans, such as parts of speech, or if no span is there.
  public static Optional<TagScheme> detect(Iterable<? extends List<String>> sequences) {
    boolean ending = false; // some E or S
    boolean beginning = false; // some B
    boolean inside = false;
    boolean plainStart = false; // some span that begins with I
    boolean loneB = false; // some B that no span of its type stands before
    for (var tags : sequences) {
      var before = Mark.OUTSIDE;
      for (var tag : tags) {
        var mark = Mark.of(tag);
        if (mark.is(Mark.OTHER)) {
          return Optional.empty();
        }
        boolean after = !before.outside() && before.sameType(mark);
        ending |= mark.is('E') || mark.is('S');
        beginning |= mark.is('B');
        inside |= mark.is('I');
        plainStart |= mark.is('I') && !after;
        loneB |= mark.is('B') && !after;
        before = mark;
      }
    }
    if (!ending && !beginning) {
      return inside ? Optional.of(IO) : Optional.empty();
    }
    return Optional.of(ending ? BIOES : plainStart && !loneB ? IOB1 : BIO);
  }

  /// The tags of spans.
  ///
  /// @param spans that do not overlap, in any order
  /// @param length how many tokens there are
  public List<String> tags(List<TagSpan> spans, int length) {
    var tags = new ArrayList<>(Collections.nCopies(length, "O"));
    for (var span : spans) {
      if (span.to() > length) {
        throw new TaskException(
            "tags: expected spans within %d tokens, got %s; count tokens from 0"
                .formatted(length, span));
      }
      for (int i = span.from(); i < span.to(); i++) {
        if (!tags.get(i).equals("O")) {
          throw new TaskException(
              "tags: expected spans that do not overlap, got two over token %d; keep one of them"
                  .formatted(i));
        }
        var letter = letter(span, i);
        tags.set(i, span.type().isEmpty() ? letter : letter + "-" + span.type());
      }
    }
    return this == IOB1 ? parted(tags, spans) : List.copyOf(tags);
  }

  private String letter(TagSpan span, int i) {
    boolean first = i == span.from();
    boolean last = i == span.to() - 1;
    return switch (this) {
      case IO, IOB1 -> "I";
      case BIO -> first ? "B" : "I";
      case BIOES -> first && last ? "S" : first ? "B" : last ? "E" : "I";
    };
  }

  /// With `B` where a span stands right behind another of its type.
  private static List<String> parted(List<String> tags, List<TagSpan> spans) {
    var parted = new ArrayList<>(tags);
    for (var span : spans) {
      int from = span.from();
      if (from > 0 && tags.get(from - 1).equals(tags.get(from))) {
        parted.set(from, "B" + tags.get(from).substring(1));
      }
    }
    return List.copyOf(parted);
  }

  /// The spans as conlleval reads them: what breaks the scheme is read as well as it can be.
  public List<TagSpan> spans(List<String> tags) {
    check(tags);
    return Chunks.of(tags);
  }

  /// The spans that keep the scheme, as in the strict mode of seqeval: of tags that break it, none.
  ///
  /// @throws TaskException for a tag that the scheme does not have
  public List<TagSpan> strictSpans(List<String> tags) {
    check(tags);
    if (this == IO) {
      return Chunks.of(tags);
    }
    var spans = new ArrayList<TagSpan>();
    var marks = tags.stream().map(Mark::of).toList();
    int i = 0;
    while (i < marks.size()) {
      var before = i == 0 ? Mark.OUTSIDE : marks.get(i - 1);
      if (!starts(before, marks.get(i))) {
        i++;
        continue;
      }
      int from = i++;
      while (i < marks.size() && goesOn(marks.get(i - 1), marks.get(i))) {
        i++;
      }
      if (ends(marks.get(i - 1), i < marks.size() ? marks.get(i) : Mark.OUTSIDE)) {
        spans.add(new TagSpan(marks.get(from).type(), from, i));
      }
    }
    return spans;
  }

  private boolean starts(Mark before, Mark mark) {
    boolean same = before.sameType(mark);
    return switch (mark.letter()) {
      case 'B' -> this != IOB1 || (!before.outside() && same);
      case 'S' -> true;
      case 'I' -> this == IOB1 && (!before.is('I') || !same);
      default -> false;
    };
  }

  private static boolean goesOn(Mark before, Mark mark) {
    return (before.is('B') || before.is('I'))
        && (mark.is('I') || mark.is('E'))
        && before.sameType(mark);
  }

  private boolean ends(Mark last, Mark next) {
    return switch (this) {
      case BIOES -> last.is('E') || last.is('S');
      case IOB1 -> !(last.is('B') && next.is('B') && !last.sameType(next)); // seqeval's rule
      case IO, BIO -> true;
    };
  }

  private void check(List<String> tags) {
    for (int i = 0; i < tags.size(); i++) {
      if (letters.indexOf(Mark.of(tags.get(i)).letter()) < 0) {
        throw new TaskException(
            "tags: expected the letters %s of %s, got '%s' at token %d; name the scheme that the tags"
                    .formatted(String.join(" ", letters.split("")), this, tags.get(i), i)
                + " are written in");
      }
    }
  }

  /// Whether tags keep the scheme: it would write their spans with these very tags.
  public boolean keeps(List<String> tags) {
    return broken(tags) == 0;
  }

  /// How many of the tags would have to be others to keep the scheme.
  int broken(List<String> tags) {
    var kept = repaired(tags);
    return (int)
        IntStream.range(0, tags.size()).filter(i -> !same(kept.get(i), tags.get(i))).count();
  }

  private static boolean same(String kept, String tag) {
    return kept.equals(tag) || Mark.of(kept).equals(Mark.of(tag));
  }

  /// The same spans, as conlleval reads them, with tags that keep the scheme.
  public List<String> repaired(List<String> tags) {
    return tags(spans(tags), tags.size());
  }

  /// The same spans in another scheme. [#IO] cannot tell neighbours of one type apart.
  public List<String> convert(List<String> tags, TagScheme to) {
    return to.tags(spans(tags), tags.size());
  }

  /// Which of these labels may follow which, begin a sentence and end one, so that a decoder gives
  /// no tags that break the scheme.
  ///
  /// @throws TaskException for a label that the scheme does not have
  public Constraints constraints(List<String> labels) {
    check(labels);
    var marks = labels.stream().map(Mark::of).toList();
    int n = marks.size();
    boolean[][] transitions = new boolean[n][n];
    boolean[] starts = new boolean[n];
    boolean[] ends = new boolean[n];
    for (int i = 0; i < n; i++) {
      starts[i] = allows(Mark.OUTSIDE, marks.get(i));
      ends[i] = allows(marks.get(i), Mark.OUTSIDE);
      for (int j = 0; j < n; j++) {
        transitions[i][j] = allows(marks.get(i), marks.get(j));
      }
    }
    return Constraints.of(transitions, starts, ends);
  }

  private boolean allows(Mark from, Mark to) {
    boolean same = from.sameType(to);
    boolean open = from.is('B') || from.is('I');
    return switch (this) {
      case IO -> true;
      case IOB1 -> !to.is('B') || (open && same);
      case BIO -> !to.is('I') || (open && same);
      case BIOES -> (to.is('I') || to.is('E')) ? (open && same) : !open;
    };
  }
}
