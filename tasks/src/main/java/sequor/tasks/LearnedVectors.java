package sequor.tasks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sequor.tensor.Tensor;
import sequor.text.Tokenizer;
import sequor.vectors.WordVectors;

/// The vectors that a trained model has of its tokens.
///
/// ```java
/// LearnedVectors.of(Path.of("runs/reviews")).write(Path.of("reviews.vec"));
/// ```
public final class LearnedVectors {
  private LearnedVectors() {}

  /// Those of a run's model, or of a model directory, but for special tokens; of several models
  /// that answer together, the first one's.
  ///
  /// @throws TaskException if there is no model, or it has no vectors of tokens
  public static WordVectors of(Path runOrModel) {
    var predictor = Models.load(runOrModel);
    if (predictor instanceof HasWordVectors has) {
      return has.vectors();
    }
    var vocabulary = Tokenizer.load(Models.directory(runOrModel).tokens()).vocabulary();
    var table =
        predictor.network().parameters().entrySet().stream()
            .filter(each -> each.getKey().endsWith("embedding.weight"))
            .filter(each -> each.getValue().dim(0) >= vocabulary.size())
            .findFirst()
            .orElseThrow(
                () ->
                    new TaskException(
                        "%s: expected a model with a vector for each token, got one without; take"
                                .formatted(runOrModel)
                            + " another model, or a file of word vectors"))
            .getValue();
    var words = new ArrayList<String>();
    var ids = new ArrayList<Integer>();
    for (int id = 0; id < vocabulary.size(); id++) {
      if (!vocabulary.isSpecial(id)) {
        words.add(vocabulary.token(id));
        ids.add(id);
      }
    }
    return WordVectors.of(words, table.dim(1), rows(table, ids));
  }

  private static float[] rows(Tensor table, List<Integer> ids) {
    int size = table.dim(1);
    float[] all = table.toArray();
    float[] rows = new float[ids.size() * size];
    for (int i = 0; i < ids.size(); i++) {
      System.arraycopy(all, ids.get(i) * size, rows, i * size, size);
    }
    return rows;
  }
}
