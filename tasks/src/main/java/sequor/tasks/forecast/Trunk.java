package sequor.tasks.forecast;

import java.util.List;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.tensor.Tensor;

/// The maps of a [Committee]: one a series and one for any other, or one for all. They are solved,
/// and do not learn with what learns step by step.
final class Trunk implements NnModule {
  private final Tensor weight; // (C,T,L)
  private final Tensor bias; // (C,T)
  private float[] w; // what is computed with
  private float[] b;

  /// Maps that say nothing yet.
  ///
  /// @param maps C
  /// @param said T
  /// @param read L
  Trunk(int maps, int said, int read) {
    weight = Tensor.zeros(maps, said, read);
    bias = Tensor.zeros(maps, said);
    w = weight.toArray();
    b = bias.toArray();
  }

  void assign(List<LinearMap> maps) {
    int said = bias.dim(1);
    int read = weight.dim(2);
    for (int c = 0; c < maps.size(); c++) {
      for (int h = 0; h < said; h++) {
        b[c * said + h] = (float) maps.get(c).bias()[h];
        for (int j = 0; j < read; j++) {
          w[(c * said + h) * read + j] = (float) maps.get(c).weight()[h][j];
        }
      }
    }
    weight.assign(w);
    bias.assign(b);
  }

  /// Takes what was loaded into its parameters.
  void loaded() {
    w = weight.toArray();
    b = bias.toArray();
  }

  /// What is said of a window. // (L) → (T)
  ///
  /// @param series below 0 for one that was not there to learn from
  float[] said(float[] window, int series) {
    int said = bias.dim(1);
    int maps = bias.dim(0);
    int map = series < 0 || series >= maps ? maps - 1 : series;
    float[] y = new float[said];
    for (int h = 0; h < said; h++) {
      int row = (map * said + h) * window.length;
      double sum = b[map * said + h];
      for (int j = 0; j < window.length; j++) {
        sum += w[row + j] * window[j];
      }
      y[h] = (float) sum;
    }
    return y;
  }

  @Override
  public Parts parts() {
    return Parts.of("weight", weight).and("bias", bias);
  }
}
