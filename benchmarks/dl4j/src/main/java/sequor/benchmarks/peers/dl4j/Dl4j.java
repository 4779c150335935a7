package sequor.benchmarks.peers.dl4j;

import java.util.ArrayList;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import sequor.benchmarks.peers.Contestant;
import sequor.benchmarks.peers.Step;
import sequor.benchmarks.peers.Versions;
import sequor.benchmarks.peers.Work;
import sequor.speed.Draw;
import sequor.speed.Workload;

/// Deeplearning4j, with the layers that its users build a `MultiLayerNetwork` of.
public final class Dl4j implements Contestant {
  private static final Adam ADAM = new Adam(1e-3);

  public Dl4j(int threads) {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    Nd4j.getEnvironment().setMaxThreads(threads);
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
  }

  @Override
  public String version() {
    return "Deeplearning4j " + Versions.of("deeplearning4j");
  }

  @Override
  public Step prepare(Work work) {
    return switch (work) {
      case Work.Train(var workload) -> step(train(workload));
      case Work.TrainOnLengths lengths -> step(trainOnLengths(lengths));
      case Work.TrainTransformer _ -> throw new Unable("it has no Transformer");
      case Work.TrainForecaster _, Work.PredictForecaster _ ->
          throw new Unable("it has no GRU layer");
      case Work.TrainTagger _, Work.PredictTagger _ ->
          throw new Unable("taggers are not written for it");
      case Work.Predict(var workload) -> step(predict(workload));
      case Work.Multiply _ -> throw new Unable("products are compared with libtorch only");
    };
  }

  /// Its layers begin with weights of their own, so there is nothing to compare.
  private static Step step(Runnable work) {
    return Step.of(work, () -> new float[0]);
  }

  private static Runnable train(Workload workload) {
    var draw = new Draw(workload);
    var network = network(workload);
    var ids = ids(draw, workload);
    var targets = targets(draw, workload);
    return () -> network.fit(ids, targets);
  }

  private static Runnable trainOnLengths(Work.TrainOnLengths work) {
    var steps = new ArrayList<Runnable>();
    for (int batch = 0; batch < work.lengths().size(); batch++) {
      steps.add(train(work.padded(batch)));
    }
    return () -> steps.forEach(Runnable::run);
  }

  private static Runnable predict(Workload workload) {
    var draw = new Draw(workload);
    var network = network(workload);
    return () -> network.output(ids(draw, workload)).ravel().toFloatVector();
  }

  private static MultiLayerNetwork network(Workload workload) {
    if (workload.stepByStep()) {
      throw new Unable("it has no cell that a loop could call");
    }
    var sizes = workload.sizes();
    var network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(ADAM)
                .list()
                .layer(
                    new EmbeddingSequenceLayer.Builder()
                        .nIn(sizes.vocabulary())
                        .nOut(sizes.embed())
                        .build())
                .layer(recurrent(workload))
                .layer(output(workload))
                .build());
    network.init();
    return network;
  }

  private static Layer recurrent(Workload workload) {
    int d = workload.sizes().embed();
    int h = workload.sizes().hidden();
    Layer layer =
        switch (workload.cell()) {
          case RNN -> complete(new SimpleRnn.Builder().nIn(d).nOut(h)).build();
          case LSTM -> complete(new LSTM.Builder().nIn(d).nOut(h)).build();
          case GRU -> throw new Unable("it has no GRU layer");
        };
    if (workload.bidirectional()) {
      layer = new Bidirectional(Bidirectional.Mode.CONCAT, layer);
    }
    // Not the other way round, which would show each reader's own last step: it does not learn.
    return workload.everyStep() ? layer : new LastTimeStep(layer);
  }

  /// A layer inside two wrappers does not get the network's settings.
  private static <T extends BaseLayer.Builder<T>> T complete(T layer) {
    return layer
        .activation(Activation.TANH)
        .weightInit(WeightInit.XAVIER)
        .biasInit(0)
        .updater(ADAM)
        .gradientNormalization(GradientNormalization.None);
  }

  private static Layer output(Workload workload) {
    int width = workload.sizes().hidden() * (workload.bidirectional() ? 2 : 1);
    int classes = workload.sizes().classes();
    return workload.everyStep()
        ? new RnnOutputLayer.Builder(LossFunction.MCXENT)
            .nIn(width)
            .nOut(classes)
            .activation(Activation.SOFTMAX)
            .dataFormat(RNNFormat.NCW)
            .build()
        : new OutputLayer.Builder(LossFunction.MCXENT)
            .nIn(width)
            .nOut(classes)
            .activation(Activation.SOFTMAX)
            .build();
  }

  /// Ids as numbers (B,T), which is what its embedding layer takes.
  private static INDArray ids(Draw draw, Workload workload) {
    return Nd4j.createFromArray(draw.ids())
        .reshape(workload.sizes().batch(), workload.sizes().steps());
  }

  /// The right classes as rows of zeros with a one, (B,C), or (B,C,T) at every step.
  private static INDArray targets(Draw draw, Workload workload) {
    var sizes = workload.sizes();
    int[] targets = draw.targets();
    int steps = workload.everyStep() ? sizes.steps() : 1;
    var ones =
        workload.everyStep()
            ? Nd4j.zeros(DataType.FLOAT, sizes.batch(), sizes.classes(), steps)
            : Nd4j.zeros(DataType.FLOAT, sizes.batch(), sizes.classes());
    for (int i = 0; i < targets.length; i++) {
      if (workload.everyStep()) {
        ones.putScalar(new long[] {i / steps, targets[i], i % steps}, 1);
      } else {
        ones.putScalar(new long[] {i, targets[i]}, 1);
      }
    }
    return ones;
  }
}
