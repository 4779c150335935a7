package sequor.tasks.forecast;

import java.util.List;
import sequor.settings.Places;
import sequor.settings.Section;
import sequor.settings.Setting;
import sequor.settings.Settings;

/// What goes on with a series: keys of the section `model`, beside its encoder.
///
/// @param lookBack L
/// @param horizon H
/// @param direct steps said at once, the others from what was said; 0 for all
/// @param season m, after how many steps things are likely to be as they were
/// @param scale what the numbers of each series are to a network
/// @param linear the linear map from what is read to what is said
/// @param own whether each series has maps of its own, beside that of all
/// @param loss what is learned to be small by what learns step by step
/// @param coverage the share of numbers that intervals are to hold
/// @param lags steps before each step that are read of it, however far before the window
/// @param calendar whether the place in the day, week and year is read too
/// @param dropout before the head of the encoder
public record ForecastModel(
    @Setting(
            value = "0",
            min = 0,
            max = 1 << 14,
            about = "steps of history that are read; 0: three seasons, or twice the horizon")
        int lookBack,
    @Setting(value = "12", min = 1, max = 1 << 14, about = "steps that are said") int horizon,
    @Setting(
            value = "0",
            min = 0,
            max = 1 << 14,
            about = "steps said at once, of which the others follow; 0: the whole horizon")
        int direct,
    @Setting(
            value = "0",
            min = 0,
            max = 1 << 14,
            about =
                "steps after which things repeat, such as 7 days; 0: by how far apart times are")
        int season,
    @Setting(
            value = "standard",
            about = "standard (mean 0, deviation 1), log (the same of logarithms) or none")
        Scaling scale,
    @Setting(
            value = "ridge",
            about = "ridge (solved, not searched), nlinear, dlinear (learned step by step) or none")
        Linear linear,
    @Setting(
            value = "false",
            about = "whether each series has a ridge of its own beside that of all")
        boolean own,
    @Setting(value = "mse", about = "of what is learned step by step: mse, mae, huber or quantile")
        Loss loss,
    @Setting(
            value = "0.9",
            min = 0.01,
            max = 0.999,
            about = "the share of numbers that intervals are to hold")
        double coverage,
    @Setting(
            value = "[]",
            min = 1,
            max = 1 << 20,
            about = "steps before each step that is said which are read of it, such as 364 days")
        List<Integer> lags,
    @Setting(value = "false", about = "whether the place in the day, the week and the year is read")
        boolean calendar,
    @Setting(value = "0.1", min = 0, max = 0.99, about = "before the head of the encoder")
        float dropout) {

  public ForecastModel {
    lags = List.copyOf(lags);
  }

  /// How the numbers of a series are scaled.
  public enum Scaling {
    /// To mean 0 and deviation 1.
    STANDARD,
    /// The same of logarithms: for numbers that are not below 0, and whose changes are shares of
    /// them.
    LOG,
    NONE
  }

  /// The linear map from what is read to what is said.
  public enum Linear {
    /// [Committee]: solved at once.
    RIDGE,
    /// Zeng et al. (2023): of what is read less its last number.
    NLINEAR,
    /// Zeng et al. (2023): of its moving mean, and of the rest.
    DLINEAR,
    NONE
  }

  /// What is learned to be small.
  public enum Loss {
    MSE,
    MAE,
    HUBER,
    /// The lower end of the interval, the median and the upper end are said.
    QUANTILE
  }

  /// These with another value of one key, written as in a recipe.
  ///
  /// @throws sequor.settings.SettingsException if there is no such key, or it may not be that
  ForecastModel with(String key, Object value) {
    return Section.of(ForecastModel.class)
        .complete(Settings.json(this).with(key, value), "model.", Places.NOWHERE)
        .as(ForecastModel.class);
  }

  /// How many numbers are said of each step.
  int outputs() {
    return loss == Loss.QUANTILE ? 3 : 1;
  }

  /// T, how many steps are said at once.
  int atOnce() {
    return direct == 0 ? horizon : Math.min(direct, horizon);
  }

  /// With what is 0 because the data tell it.
  ///
  /// @param found the season by how far apart times are
  ForecastModel resolved(int found) {
    int known = season == 0 ? found : season;
    int read = lookBack == 0 ? Math.max(known > 1 ? 3 * known : 0, 2 * horizon) : lookBack;
    return with("season", known).with("look_back", read);
  }

  /// A ridge of all series together and nothing else, as the strong floor is.
  ForecastModel ridgeOfAll() {
    return with("linear", "ridge")
        .with("own", false)
        .with("loss", "mse")
        .with("lags", List.of())
        .with("calendar", false);
  }
}
