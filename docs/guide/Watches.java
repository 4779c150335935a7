import java.nio.file.Path;
import java.util.ArrayList;
import sequor.tasks.Frames;
import sequor.tasks.tag.FrameTagger;

/// Says what an oven is doing, of what its sensors said since it was lit.
void main(String[] arguments) {
  var tagger = FrameTagger.load(Path.of(arguments[0]));
  var sensed = new ArrayList<float[]>(); // temperature, steam, current
  for (int minute = 0; minute < 12; minute++) {
    sensed.add(new float[] {40 + 12 * minute, 0, 12});
  }
  for (int minute = 0; minute < 20; minute++) {
    sensed.add(new float[] {180, minute < 6 ? 80 : 5, 1});
  }
  var said = tagger.predict(Frames.of(sensed.toArray(float[][]::new)));
  IO.println(said.tags());
}
