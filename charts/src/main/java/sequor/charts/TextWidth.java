package sequor.charts;

/// How much room a text takes, without asking a font.
///
/// A picture must have the same layout on every machine, and SVG is drawn where no font is known.
/// The widths are those of common sans-serif fonts, rounded up.
final class TextWidth {
  private TextWidth() {}

  /// In points.
  public static double width(String text, double size) {
    return size * text.codePoints().mapToDouble(TextWidth::em).sum();
  }

  /// The text, or its beginning and an ellipsis where it is wider than `most` points.
  public static String fit(String text, double size, double most) {
    double room = most / size;
    double taken = 0;
    int fits = 0; // as much as leaves room for the ellipsis
    for (int end = 0; end < text.length(); ) {
      taken += em(text.codePointAt(end));
      end = text.offsetByCodePoints(end, 1);
      if (taken > room) {
        return text.substring(0, fits).stripTrailing() + "…";
      }
      fits = taken + em('…') <= room ? end : fits;
    }
    return text;
  }

  private static double em(int c) {
    if (isSquare(c)) {
      return 1;
    }
    if (Character.getType(c) == Character.NON_SPACING_MARK) {
      return 0;
    }
    if ("ijl.,:;'|!()[] tfrI".indexOf(c) >= 0) {
      return 0.38;
    }
    if ("mwMW@%—…".indexOf(c) >= 0) {
      return 0.92;
    }
    return Character.isUpperCase(c) ? 0.72 : 0.62;
  }

  /// Hangul, ideographs and the like, full-width forms, emoji.
  private static boolean isSquare(int c) {
    return (c >= 0x1100 && c <= 0x11FF)
        || (c >= 0x2E80 && c <= 0xD7FF)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFE30 && c <= 0xFFEF)
        || c >= 0x1F000;
  }
}
