package sequor.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.Seed;
import sequor.nn.Embedding;
import sequor.nn.Init;
import sequor.nn.Linear;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.store.ModelDirectory;
import sequor.store.NameMap;
import sequor.store.Safetensors;
import sequor.tensor.Ids;
import sequor.tensor.Tensor;

/// A model whose output layer is the table of its embedding, on disk and in a checkpoint.
class TiedWeightsTest {
  @TempDir private Path folder;

  /// Says the word after each word.
  private record Follower(Embedding embedding, Linear decoder) implements NnModule, Objective<Ids> {
    static Follower of(long seed) {
      var random = new Seed(seed).generator();
      var embedding = new Embedding(5, 4, random);
      return new Follower(embedding, new Linear(embedding.weight(), Init.zeros(5)));
    }

    @Override
    public Parts parts() {
      return Parts.of("embedding", embedding).and("decoder", decoder);
    }

    @Override
    public NnModule module() {
      return this;
    }

    @Override
    public Feed<Ids> batches(int epoch, RandomGenerator random) {
      return Feed.of(List.of(Ids.of(new int[] {0, 1, 2}), Ids.of(new int[] {2, 3, 4})));
    }

    @Override
    public Tensor loss(Ids words) {
      return decoder.forward(embedding.forward(words)).crossEntropy(words);
    }

    Trainer<Ids> trainer() {
      return new Trainer<>(this, new Adam(parameters(), 0.01f), new Seed(1))
          .monitoring("train_loss", EarlyStopping.Config.of(Mode.MIN).withoutEnd());
    }

    List<float[]> numbers() {
      return parameters().values().stream().map(Tensor::toArray).toList();
    }
  }

  @Test
  void isWrittenOnceAndLoads() {
    var model = Follower.of(1);
    assertThat(model.parameters()).containsOnlyKeys("embedding.weight", "decoder.bias");
    var directory = new ModelDirectory(folder);
    directory.writeWeights(model.parameters(), model.aliases());
    var other = Follower.of(2);
    directory.loadWeights(other.parameters(), NameMap.identity().aliases(other.aliases()));
    assertThat(other.numbers()).usingRecursiveComparison().isEqualTo(model.numbers());
  }

  @Test
  void loadsFromAFileThatHoldsBothNamesAsPyTorchSavesThem() {
    var model = Follower.of(1);
    var both = new LinkedHashMap<>(model.parameters());
    both.put("decoder.weight", model.embedding.weight());
    Safetensors.write(folder.resolve("both"), both);
    var other = Follower.of(2);
    try (var file = Safetensors.open(folder.resolve("both"))) {
      file.loadInto(other.parameters(), NameMap.identity().aliases(other.aliases()));
    }
    assertThat(other.numbers()).usingRecursiveComparison().isEqualTo(model.numbers());
  }

  @Test
  void resumesToTheSameBits() {
    var whole = Follower.of(1);
    whole.trainer().run(4);
    var first = Follower.of(1);
    first.trainer().saving(c -> c.write(folder.resolve("c"))).run(2);
    var second = Follower.of(3);
    second.trainer().resuming(Checkpoint.read(folder.resolve("c"))).run(4);
    assertThat(second.numbers()).usingRecursiveComparison().isEqualTo(whole.numbers());
    assertThat(Map.copyOf(second.aliases())).containsEntry("decoder.weight", "embedding.weight");
  }
}
