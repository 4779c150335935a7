package sequor.tasks;

import java.util.Arrays;
import java.util.stream.IntStream;

/// A sequence of steps that are vectors: frames of a film, samples of sensors, features of words
/// that somebody else has made.
///
/// ```java
/// var jump = Frames.of(new float[][] {{0.1f, 9.8f}, {0.3f, 11.2f}, {0.2f, 4.1f}}); // T 3, D 2
/// ```
public final class Frames {
  private final String name;
  private final float[] values; // (T,D)
  private final int width;

  /// @param name what answers call it
  /// @param values (T,D), not a number where one is missing
  /// @param width D
  /// @throws TaskException if the numbers make no whole steps
  public Frames(String name, float[] values, int width) {
    if (width < 1 || values.length % width != 0) {
      throw new TaskException(
          "frames: expected steps of %d numbers, got %d numbers; give whole steps"
              .formatted(width, values.length));
    }
    this.name = name;
    this.values = values.clone();
    this.width = width;
  }

  /// @param steps one or more, of as many numbers each
  /// @throws TaskException if there is none, or they are not alike
  public static Frames of(float[]... steps) {
    if (steps.length == 0) {
      throw new TaskException("frames: expected a step or more, got none; give one");
    }
    int width = steps[0].length;
    float[] values = new float[steps.length * width];
    for (int t = 0; t < steps.length; t++) {
      if (steps[t].length != width) {
        throw new TaskException(
            "frames: expected steps of %d numbers, as the first has, got %d in step %d; give all the same"
                .formatted(width, steps[t].length, t + 1));
      }
      System.arraycopy(steps[t], 0, values, t * width, width);
    }
    return new Frames("frames", values, width);
  }

  public String name() {
    return name;
  }

  /// T
  public int steps() {
    return values.length / width;
  }

  /// D
  public int width() {
    return width;
  }

  /// @param step from 0
  /// @param column from 0
  public float value(int step, int column) {
    return values[step * width + column];
  }

  /// One column, from the first step to the last. // (T)
  double[] column(int column) {
    return IntStream.range(0, steps()).mapToDouble(t -> value(t, column)).toArray();
  }

  /// One of its steps. // (D)
  ///
  /// @param step from 0
  public float[] step(int step) {
    return Arrays.copyOfRange(values, step * width, (step + 1) * width);
  }

  /// Some of its steps.
  ///
  /// @param from the first
  /// @param to behind the last
  public Frames steps(int from, int to) {
    return new Frames(name, Arrays.copyOfRange(values, from * width, to * width), width);
  }

  /// (T,D)
  float[] values() {
    return values.clone();
  }

  @Override
  public String toString() {
    return "Frames {name: %s, steps: %d, width: %d}".formatted(name, steps(), width);
  }
}
