package sequor.text;

import java.util.List;
import java.util.Optional;
import sequor.settings.Section;
import sequor.settings.Setting;
import sequor.settings.Settings;

/// How texts become ids, whatever cuts them into tokens.
///
/// @param lowerCase whether letters become small
/// @param transforms names of [Transform]s, applied in this order and before the letters
/// @param normalization which spelling of letters; it comes last
/// @param minFrequency what is rarer is unknown
/// @param maxSize the most ids there are
/// @param maxLength the most tokens of a text that a model reads
/// @param keep which of them, where there are more
public record TokenSettings(
    @Setting(value = "false", about = "small letters only") boolean lowerCase,
    @Setting(value = "[]", about = "what else is done to a text first, by name")
        List<String> transforms,
    @Setting(value = "nfc", about = "one spelling for each letter (Unicode)")
        Normalization normalization,
    @Setting(value = "1", min = 1, max = Integer.MAX_VALUE, about = "rarer tokens are <unk>")
        int minFrequency,
    @Setting(value = "50000", min = 5, max = Integer.MAX_VALUE, about = "of the vocabulary")
        int maxSize,
    @Setting(value = "1000", min = 1, max = 1 << 24, about = "longer texts are cut") int maxLength,
    @Setting(value = "first", about = "the first or the last tokens of a text that is cut")
        Keep keep) {
  /// Which tokens of a text that is too long.
  public enum Keep {
    FIRST,
    LAST
  }

  public TokenSettings {
    transforms = List.copyOf(transforms);
    transforms.forEach(Transform.all()::get); // a wrong name is refused here
  }

  /// What holds where nobody says otherwise.
  public static TokenSettings standard() {
    return Settings.defaults(TokenSettings.class);
  }

  /// The keys of the section `tokens`.
  public static Section section() {
    return Section.none()
        .choosing("tokenizer", Characters.KIND, "what cuts texts", SegmenterKind.all())
        .and(TokenSettings.class)
        .choosing("transforms", Transform.all());
  }

  public TokenSettings withMaxLength(int maxLength) {
    return new TokenSettings(
        lowerCase, transforms, normalization, minFrequency, maxSize, maxLength, keep);
  }

  public TokenSettings lowerCased() {
    return new TokenSettings(
        true, transforms, normalization, minFrequency, maxSize, maxLength, keep);
  }

  /// What a user should know of texts that are longer than is read; nothing where none is.
  ///
  /// @param cut how many these are
  /// @param all of how many
  public Optional<String> cutNotice(long cut, long all) {
    return cut == 0
        ? Optional.empty()
        : Optional.of(
            "%,d of %,d texts are longer than tokens.max_length %,d and are cut"
                .formatted(cut, all, maxLength));
  }

  /// The tokens of a text that a model reads.
  public List<String> cut(List<String> whole) {
    int most = Math.min(maxLength, whole.size());
    return keep == Keep.FIRST
        ? whole.subList(0, most)
        : whole.subList(whole.size() - most, whole.size());
  }

  /// The part of an encoding that a model reads.
  public Encoding cut(Encoding whole) {
    return keep == Keep.FIRST ? whole.first(maxLength) : whole.last(maxLength);
  }
}
