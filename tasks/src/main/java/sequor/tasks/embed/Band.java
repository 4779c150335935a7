package sequor.tasks.embed;

import java.util.Arrays;

/// How frequent a word is, by its place among all, most frequent first. What vectors know of rare
/// words is another question than what they know of frequent ones.
enum Band {
  FIRST("1 to 1,000", 1_000),
  SECOND("1,001 to 5,000", 5_000),
  THIRD("5,001 to 20,000", 20_000),
  REST("rarer", Integer.MAX_VALUE);

  private final String places;
  private final int end;

  Band(String places, int end) {
    this.places = places;
    this.end = end;
  }

  /// Which places it has, for people.
  String places() {
    return places;
  }

  /// @param rank from 0
  static Band of(int rank) {
    return Arrays.stream(values()).filter(band -> rank < band.end).findFirst().orElse(REST);
  }
}
