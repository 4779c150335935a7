package sequor.charts;

/// A colour: red, green and blue, each 0 to 255.
///
/// The colours of series are those of Okabe and Ito (*Color universal design*, 2008), which readers
/// with any kind of colour blindness tell apart. No picture depends on colour alone all the same.
///
/// @param rgb `0xRRGGBB`
public record Ink(int rgb) {
  public static final Ink PAPER = new Ink(0xFFFFFF);
  public static final Ink TEXT = new Ink(0x222222);
  public static final Ink FAINT = new Ink(0x6B6B6B); // still 5:1 on paper
  public static final Ink GRID = new Ink(0xE2E2E2);

  private static final int[] SERIES = {0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0x56B4E9, 0xE69F00};
  private static final Ink BLACK = new Ink(0);
  private static final Ink MIDDLE = new Ink(0x6BAED6);
  private static final Ink DEEP = new Ink(0x08306B);
  private static final Ink MIDDLE_BELOW = new Ink(0xFDAE6B);
  private static final Ink DEEP_BELOW = new Ink(0x7F2704);

  public Ink {
    if (rgb < 0 || rgb > 0xFFFFFF) {
      throw new IllegalArgumentException(
          "ink: expected a colour from 0x000000 to 0xFFFFFF, got 0x%X; give red, green and blue"
              .formatted(rgb));
    }
  }

  /// The colour of the series with this number; the first six differ.
  public static Ink series(int number) {
    return new Ink(SERIES[Math.floorMod(number, SERIES.length)]);
  }

  /// From paper at 0 to deep blue at 1, ever darker, so that it also reads in print.
  public static Ink shade(double share) {
    return through(MIDDLE, DEEP, share);
  }

  /// The same above 0, and from paper to deep orange below, at −1: two ways that readers with any
  /// kind of colour blindness tell apart.
  public static Ink signedShade(double share) {
    return share < 0 ? through(MIDDLE_BELOW, DEEP_BELOW, -share) : shade(share);
  }

  private static Ink through(Ink middle, Ink deep, double share) {
    double s = 2 * Math.clamp(share, 0, 1);
    return s < 1 ? PAPER.mixed(middle, s) : middle.mixed(deep, s - 1);
  }

  public int red() {
    return rgb >> 16;
  }

  public int green() {
    return rgb >> 8 & 0xFF;
  }

  public int blue() {
    return rgb & 0xFF;
  }

  /// Black or paper, whichever reads better on this ink: always at a contrast of 4.5 or more.
  public Ink on() {
    double luminance = 0.2126 * linear(red()) + 0.7152 * linear(green()) + 0.0722 * linear(blue());
    return luminance > 0.179 ? BLACK : PAPER; // WCAG 2.1; there both have the contrast 4.58
  }

  private static double linear(int value) {
    double v = value / 255.0;
    return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }

  /// `#0072b2`
  @Override
  public String toString() {
    return "#%06x".formatted(rgb);
  }

  private Ink mixed(Ink other, double share) {
    return new Ink(
        mix(red(), other.red(), share) << 16
            | mix(green(), other.green(), share) << 8
            | mix(blue(), other.blue(), share));
  }

  private static int mix(int a, int b, double share) {
    return (int) Math.round(a + (b - a) * share);
  }
}
