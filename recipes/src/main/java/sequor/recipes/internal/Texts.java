package sequor.recipes.internal;

/// How much room a text takes, without asking a font.
///
/// A picture must have the same layout on every machine, and SVG is drawn where no font is known.
/// The widths are those of common sans-serif fonts, rounded up.
public final class Texts {
  private Texts() {}

  /// In points.
  public static double width(String text, double size) {
    return size * text.codePoints().mapToDouble(Texts::em).sum();
  }

  /// The text, or its beginning and an ellipsis where it is wider than `most` points.
  public static String fit(String text, double size, double most) {
    if (width(text, size) <= most) {
      return text;
    }
    int end = text.length();
    while (end > 0 && width(text.substring(0, end) + "…", size) > most) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end).stripTrailing() + "…";
  }

  private static double em(int c) {
    if (c >= 0x1100 && Character.isIdeographic(c) || c >= 0x1100 && isHangulOrWide(c)) {
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

  private static boolean isHangulOrWide(int c) {
    return c <= 0x11FF || c >= 0x2E80 && c <= 0xD7FF || c >= 0xFE30 && c <= 0xFFEF || c > 0x1F000;
  }
}
