import java.util.List;
import java.util.Map;
import java.util.Random;

/// Writes what the sensors of an oven say of 240 bakings, minute by minute: a script with known
/// truth, in the place of your own log.
///
/// The oven heats up, bakes and cools down. How hot it gets, how long it bakes and when there is
/// steam depends on the bread; baguettes and rolls differ in nothing but when the steam comes. None
/// of the sensors is exact.
void main() {
  var random = new Random(7);
  var minutes = Map.of("rye", 50, "rolls", 20, "baguettes", 20, "brioche", 30);
  var degrees = Map.of("rye", 220, "rolls", 230, "baguettes", 230, "brioche", 180);
  IO.println("baking,minute,temperature,steam,current,phase,bread");
  for (int baking = 1; baking <= 240; baking++) {
    String bread = List.of("rye", "rolls", "baguettes", "brioche").get(random.nextInt(4));
    int bakes = minutes.get(bread) + random.nextInt(6);
    double temperature = 20 + random.nextInt(100); // what was baked before
    double steam = 0;
    int baked = 0;
    int cooled = 0;
    boolean hot = false;
    for (int minute = 0; cooled < 10; minute++) {
      hot |= temperature > degrees.get(bread) - 10;
      String phase = !hot ? "heat" : baked < bakes ? "bake" : "cool";
      double heating = hot ? (degrees.get(bread) - temperature) / 4 : 12;
      heating = phase.equals("cool") ? 0 : heating;
      temperature += heating - (phase.equals("cool") ? (temperature - 20) / 12 : 0);
      int steamed = bread.equals("baguettes") ? baked - 8 : baked;
      boolean steams = phase.equals("bake") && !bread.equals("brioche");
      steam = steams && steamed >= 0 && steamed < 6 ? 80 : steam * 0.6;
      baked += phase.equals("bake") ? 1 : 0;
      cooled += phase.equals("cool") ? 1 : 0;
      IO.println(
          "%d,%d,%.1f,%.1f,%.1f,%s,%s"
              .formatted(
                  baking,
                  minute,
                  temperature + 5 * random.nextGaussian(),
                  Math.max(0, steam + 10 * random.nextGaussian()),
                  Math.max(0, heating + 2 * random.nextGaussian()),
                  phase,
                  bread));
    }
  }
}
