import java.nio.file.Path;
import java.time.LocalDate;
import sequor.tasks.forecast.Forecaster;
import sequor.tasks.forecast.History;

/// Says what comes after some weeks of numbers: `java … GoesOn.java runs/sales`
class GoesOn {
  public static void main(String[] arguments) {
    var forecaster = Forecaster.load(Path.of(arguments[0]));
    double[] sold = new double[28];
    for (int day = 0; day < sold.length; day++) {
      sold[day] = day % 7 == 5 ? 200 : 110; // Saturdays
    }
    var history = History.daily(LocalDate.of(2026, 11, 2), sold).named("North");
    var next = forecaster.forecast(history, 7);
    for (int day = 0; day < next.steps(); day++) {
      System.out.printf(
          "%s %.0f (%.0f to %.0f)%n",
          next.times().get(day), next.values().get(day), next.low().get(day), next.high().get(day));
    }
  }
}
