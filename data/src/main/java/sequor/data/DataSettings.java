package sequor.data;

import java.util.List;
import sequor.settings.Section;
import sequor.settings.Setting;

/// Which rows there are, and how they are split.
public record DataSettings(
    @Setting(value = "", about = "a data set of the catalogue (sequor data list), or …") String set,
    @Setting(
            value = "",
            about =
                "… a file of your own, gzipped (.gz) or not; of format text also a folder or a pattern")
        String file,
    @Setting(value = "", about = "the column that says train, valid or test, or …") String split,
    @Setting(value = "", about = "… a file to validate on, or …") String validFile,
    @Setting(value = "", about = "… a file to test on, or …") String testFile,
    @Setting(value = "", about = "… the column whose groups stay together, at random, or …")
        String group,
    @Setting(value = "", about = "… the column whose least values train and greatest test, or …")
        String order,
    @Setting(value = "false", about = "… the order of the file, or else at random …")
        boolean contiguous,
    @Setting(value = "[0.8, 0.1, 0.1]", about = "… into these parts, the same of every label")
        List<Double> fractions,
    @Setting(value = "1", min = 0, max = Integer.MAX_VALUE, about = "another one, another split")
        int splitSeed,
    @Setting(
            value = "0",
            min = 0,
            max = Integer.MAX_VALUE,
            about = "learn from so many rows alone, the first of that part; 0 for all")
        int trainRows,
    @Setting(value = "false", about = "read the rows again each epoch instead of keeping them")
        boolean stream) {

  /// The keys of the section `data`, but for the columns that a task reads.
  public static Section section() {
    return Section.of(DataSettings.class).choosing("format", "auto", "of the file", Format.all());
  }
}
