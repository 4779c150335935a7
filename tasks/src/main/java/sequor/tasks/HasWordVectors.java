package sequor.tasks;

import sequor.vectors.WordVectors;

/// A model that is word vectors, or has some to give away.
public interface HasWordVectors {
  WordVectors vectors();
}
