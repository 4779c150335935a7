package sequor.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.tensor.Ids;

class LayerTableTest {
  private final RandomGenerator random = new Seed(42).generator();
  private final Ids ids = Ids.of(new int[] {1, 2, 3, 4, 5, 6}, 2, 3); // (B,T)

  @Test
  void showsWhatEachLayerGivesAndWhatIsFrozen() {
    var embedding = new Embedding(1000, 4, random);
    var rnn = new Bidirectional<>(new Rnn(4, 5, random), new Rnn(4, 5, random));
    var output = new Linear(10, 2, random);
    embedding.freeze();
    output.freeze("bias"::equals);

    var table = new LayerTable();
    var x = table.add("embedding", embedding, embedding.forward(ids));
    var last = table.add("rnn", rnn, rnn.forward(x).last().output());
    table.add("relu", Activation.RELU, last.relu());
    table.add("output", output, output.forward(last));

    assertThat(table)
        .hasToString(
            """
            layer                          output shape       parameters
            embedding: Embedding           (2,3,4)                 4,000  frozen
            rnn: Bidirectional             (2,10)                    110  trainable
            relu: Activation RELU          (2,10)                      0
            output: Linear                 (2,2)                      22  partly frozen
            total                                                  4,132
            trainable                                                130
            frozen                                                 4,002
            """);
  }

  @Test
  void addGivesTheOutputOn() {
    var embedding = new Embedding(10, 4, random);
    var output = embedding.forward(ids);

    assertThat(new LayerTable().add("embedding", embedding, output)).isSameAs(output);
  }

  @Test
  void whatIsSharedCountsOnce() {
    var embedding = new Embedding(10, 4, random);
    var output = Linear.withoutBias(embedding.weight());
    var table = new LayerTable();
    var x = table.add("embedding", embedding, embedding.forward(ids));
    table.add("output", output, output.forward(x));

    assertThat(table.parameterCount()).isEqualTo(40);
    embedding.freeze();
    assertThat(table.trainableParameterCount()).isZero();
  }
}
