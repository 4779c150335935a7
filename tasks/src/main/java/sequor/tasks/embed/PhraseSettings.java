package sequor.tasks.embed;

import sequor.settings.Setting;

/// Which words that stand side by side become one: the section `phrases`.
///
/// @param passes how often the text is gone through for them; 0 for none
/// @param discount δ, so that words that met by chance a few times are none
/// @param threshold of the score of the first pass; each later pass has half of the one before
/// @param between what joins the words of a phrase
public record PhraseSettings(
    @Setting(
            value = "0",
            min = 0,
            max = 10,
            about =
                "how often words that belong together become one: new york, new_york; 0 for never")
        int passes,
    @Setting(
            value = "5",
            min = 0,
            max = 1e9,
            about = "taken from how often two words stand together: rare pairs are none")
        double discount,
    @Setting(
            value = "100",
            min = 0,
            max = 1e9,
            about = "how much oftener they do than by chance; half of it in each pass that follows")
        double threshold,
    @Setting(value = "_", about = "what joins the words of a phrase") String between) {
  static PhraseSettings none() {
    return new PhraseSettings(0, 5, 100, "_");
  }
}
