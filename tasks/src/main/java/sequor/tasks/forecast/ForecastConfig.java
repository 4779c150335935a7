package sequor.tasks.forecast;

import java.util.Map;
import sequor.data.DataSettings;
import sequor.json.JsonObject;
import sequor.models.EncoderConfig;
import sequor.models.EncoderKind;
import sequor.settings.Section;
import sequor.settings.Settings;
import sequor.tasks.ModelConfig;

/// What a forecaster is: all that stands in its `config.json`.
///
/// @param data the section `data`, which says how files of series are read
record ForecastConfig(Settings data, ForecastModel model, EncoderConfig encoder) {

  static Section dataSection() {
    return DataSettings.section().withDefault("contiguous", "true").and(SeriesSettings.class);
  }

  static Section modelSection() {
    return Section.of(ForecastModel.class)
        .choosing(
            "encoder", "none", "what reads the steps beside the linear map", EncoderKind.all());
  }

  static ForecastConfig of(Settings settings) {
    var model = settings.section("model");
    var encoder = EncoderKind.all().get(model.text("encoder")).config(model);
    return new ForecastConfig(settings.section("data"), model.as(ForecastModel.class), encoder);
  }

  /// With what the data tell: how far apart times are, and what follows from that.
  ForecastConfig resolved(Timeline timeline) {
    var frequency = timeline.frequency();
    var known =
        new Settings(
            data.values().with("frequency", frequency.toString()), data.path(), data.places());
    return new ForecastConfig(known, model.resolved(frequency.season()), encoder);
  }

  /// As `config.json` has it.
  JsonObject json() {
    var network = Settings.json(model).with(ModelConfig.encoder(encoder));
    return ModelConfig.of(ForecastTask.NAME, Map.of("data", data.values(), "model", network));
  }
}
