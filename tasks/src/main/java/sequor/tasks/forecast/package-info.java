/// Going on with series of numbers: passengers by month, sales of a thousand shops by day, what a
/// sensor measures every hour.
///
/// ```java
/// var history = History.daily(LocalDate.of(2026, 1, 1), sold);
/// Forecaster forecaster = Forecasting.of(14).train(List.of(history)); // or Forecaster.load(path)
/// Forecast next = forecaster.forecast(history, 14);       // two weeks
/// next.values();                                          // 14 numbers, in pieces sold
/// next.low();                                             // 90 % are above
/// ```
///
/// Letters: B windows of a batch, L steps of history, H steps of a horizon, K columns that are
/// known before, D numbers a step.
///
/// Open first: [sequor.tasks.forecast.SeriesReader], [sequor.tasks.forecast.ForecastJob],
/// [sequor.tasks.forecast.Forecaster].
@NullMarked
package sequor.tasks.forecast;

import org.jspecify.annotations.NullMarked;
