package sequor.parity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdagradOptions;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.OptimizerParamGroup;
import org.bytedeco.pytorch.RMSprop;
import org.bytedeco.pytorch.RMSpropOptions;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.train.Adadelta;
import sequor.train.Adagrad;
import sequor.train.Adam;
import sequor.train.AdamW;
import sequor.train.Optimizer;
import sequor.train.RmsProp;
import sequor.train.Schedule;
import sequor.train.Sgd;

/// Twenty steps of every optimizer from the same start on the same gradients; the parameters are
/// compared after each.
@Tag("libtorch")
class OptimizerParityTest {
  private static final int STEPS = 20;
  private static final Seed SEED = new Seed(5);

  @Test
  void sgd() {
    compare(p -> new Sgd(p, 0.1f), p -> torchSgd(p, 0, 0, false));
  }

  @Test
  void sgdWithMomentum() {
    compare(
        p -> new Sgd(p, Sgd.Config.of(0.1f).withMomentum(0.9f)), p -> torchSgd(p, 0.9, 0, false));
  }

  @Test
  void sgdWithWeightDecay() {
    compare(
        p -> new Sgd(p, Sgd.Config.of(0.1f).withMomentum(0.9f).withWeightDecay(0.05f)),
        p -> torchSgd(p, 0.9, 0.05, false));
  }

  @Test
  void sgdWithDampening() {
    compare(
        p -> new Sgd(p, Sgd.Config.of(0.1f).withMomentum(0.9f).withDampening(0.3f)),
        p -> {
          var options = new SGDOptions(0.1);
          options.momentum().put(0.9);
          options.dampening().put(0.3);
          return stepsOf(new SGD(p, options));
        });
  }

  @Test
  void sgdWithNesterov() {
    compare(
        p -> new Sgd(p, Sgd.Config.of(0.1f).withNesterov(0.8f).withWeightDecay(0.01f)),
        p -> torchSgd(p, 0.8, 0.01, true));
  }

  private static Runnable torchSgd(
      TensorVector parameters, double momentum, double weightDecay, boolean nesterov) {
    var options = new SGDOptions(0.1);
    options.momentum().put(momentum);
    options.weight_decay().put(weightDecay);
    options.nesterov().put(nesterov);
    return stepsOf(new SGD(parameters, options));
  }

  @Test
  void adam() {
    compare(
        p -> new Adam(p, 0.01f),
        p -> stepsOf(new org.bytedeco.pytorch.Adam(p, new AdamOptions(0.01))));
  }

  @Test
  void adamWithAllSettings() {
    compare(
        p ->
            new Adam(
                p,
                Adam.Config.of(0.01f)
                    .withBetas(0.8f, 0.95f)
                    .withEpsilon(1e-3f)
                    .withWeightDecay(0.1f)),
        p -> {
          var options = new AdamOptions(0.01);
          betas(options, 0.8, 0.95);
          options.eps().put(1e-3);
          options.weight_decay().put(0.1);
          return stepsOf(new org.bytedeco.pytorch.Adam(p, options));
        });
  }

  /// The pair is a C++ tuple, which compilers lay out in either order; 0.9 and 0.999 are in it.
  private static void betas(AdamOptions options, double beta1, double beta2) {
    var pair = options.betas();
    int first = pair.get(0) < pair.get(1) ? 0 : 1;
    pair.put(first, beta1).put(1 - first, beta2);
  }

  @Test
  void adamW() {
    compare(
        p -> new AdamW(p, AdamW.Config.of(0.01f).withWeightDecay(0.2f)),
        p -> {
          var options = new AdamWOptions(0.01);
          options.weight_decay().put(0.2);
          return stepsOf(new org.bytedeco.pytorch.AdamW(p, options));
        });
  }

  /// Two groups with learning rates and weight decays of their own, both rates falling step by
  /// step.
  @Test
  void adamWWithParameterGroups() {
    double gamma = 0.9;
    compare(
        p ->
            new AdamW(p, AdamW.Config.of(0.01f).withWeightDecay(0.2f))
                .group(
                    "bias"::equals, group -> group.withLearningRate(0.05f).withWeightDecay(0.01f)),
        p -> groupsOfAdamW(p, gamma),
        Schedule.exponential(gamma));
  }

  /// The weight with the defaults, the bias in a group of its own; rates fall by `gamma` a step.
  private static Runnable groupsOfAdamW(TensorVector p, double gamma) {
    var optimizer = new org.bytedeco.pytorch.AdamW(new TensorVector(p.get(0)), adamW(0.01, 0.2));
    optimizer.add_param_group(
        new OptimizerParamGroup(new TensorVector(p.get(1)), adamW(0.05, 0.01)));
    return () -> {
      optimizer.step();
      for (long i = 0; i < optimizer.param_groups().size(); i++) {
        var options = optimizer.param_groups().get(i).options();
        options.set_lr(options.get_lr() * gamma);
      }
    };
  }

  private static AdamWOptions adamW(double rate, double weightDecay) {
    var options = new AdamWOptions(rate);
    options.weight_decay().put(weightDecay);
    return options;
  }

  @Test
  void adagrad() {
    compare(
        p -> new Adagrad(p, Adagrad.Config.of(0.1f).withWeightDecay(0.05f)),
        p -> {
          var options = new AdagradOptions(0.1);
          options.weight_decay().put(0.05);
          return stepsOf(new org.bytedeco.pytorch.Adagrad(p, options));
        });
  }

  @Test
  void rmsProp() {
    compare(
        p -> new RmsProp(p, RmsProp.Config.of(0.01f).withAlpha(0.9f)),
        p -> torchRmsProp(p, 0.9, 0, 0));
  }

  @Test
  void rmsPropWithMomentum() {
    compare(
        p -> new RmsProp(p, RmsProp.Config.of(0.01f).withMomentum(0.7f).withWeightDecay(0.05f)),
        p -> torchRmsProp(p, 0.99, 0.7, 0.05));
  }

  private static Runnable torchRmsProp(
      TensorVector parameters, double alpha, double momentum, double weightDecay) {
    var options = new RMSpropOptions(0.01);
    options.alpha().put(alpha);
    options.momentum().put(momentum);
    options.weight_decay().put(weightDecay);
    return stepsOf(new RMSprop(parameters, options));
  }

  /// libtorch has no Adadelta of its own; this is the algorithm of `torch.optim.Adadelta`, in the
  /// same tensor operations.
  @Test
  void adadelta() {
    double rho = 0.85;
    double epsilon = 1e-5;
    double weightDecay = 0.02;
    compare(
        p ->
            new Adadelta(
                p,
                Adadelta.Config.of(0.5f).withRho(0.85f).withEpsilon(1e-5f).withWeightDecay(0.02f)),
        p -> {
          var squares = zerosLike(p);
          var deltas = zerosLike(p);
          return () -> {
            for (int i = 0; i < p.size(); i++) {
              var weight = p.get(i).detach(); // shares the parameter's memory
              var gradient = p.get(i).grad().add(weight, new Scalar(weightDecay));
              squares
                  .get(i)
                  .mul_(new Scalar(rho))
                  .addcmul_(gradient, gradient, new Scalar(1 - rho));
              var root = squares.get(i).add(new Scalar(epsilon)).sqrt();
              var delta = deltas.get(i).add(new Scalar(epsilon)).sqrt().div(root).mul(gradient);
              deltas.get(i).mul_(new Scalar(rho)).addcmul_(delta, delta, new Scalar(1 - rho));
              weight.add_(delta, new Scalar(-0.5));
            }
          };
        });
  }

  private static TensorVector zerosLike(TensorVector parameters) {
    var zeros = new TensorVector();
    for (int i = 0; i < parameters.size(); i++) {
      zeros.push_back(torch.zeros_like(parameters.get(i)).detach());
    }
    return zeros;
  }

  private static Runnable stepsOf(org.bytedeco.pytorch.Optimizer optimizer) {
    return optimizer::step;
  }

  /// @param ours makes our optimizer of our parameters
  /// @param theirs makes what applies one step to their parameters
  private static void compare(
      Function<Map<String, Tensor>, Optimizer> ours, Function<TensorVector, Runnable> theirs) {
    compare(ours, theirs, Schedule.constant());
  }

  private static void compare(
      Function<Map<String, Tensor>, Optimizer> ours,
      Function<TensorVector, Runnable> theirs,
      Schedule schedule) {
    var random = SEED.generator();
    var parameters = new LinkedHashMap<String, Tensor>();
    parameters.put("weight", Tensor.randn(random, 5, 7).requiresGrad(true));
    parameters.put("bias", Tensor.randn(random, 5).requiresGrad(true));
    try (var _ = new PointerScope()) {
      var there = Torch.leaves(parameters);
      var optimizer = ours.apply(parameters);
      var stepThere = theirs.apply(there.startingWith(""));
      for (int step = 1; step <= STEPS; step++) {
        for (var name : parameters.keySet()) {
          var parameter = parameters.get(name);
          var gradient = Tensor.randn(random, parameter.shape().dims());
          give(parameter, gradient);
          give(there.get(name), Torch.of(gradient));
        }
        optimizer.scaleLearningRate(schedule.factor(step - 1));
        optimizer.step();
        stepThere.run();
        for (var name : parameters.keySet()) {
          var what = "%s after step %d".formatted(name, step);
          Parity.assertSame(what, parameters.get(name), there.get(name));
        }
      }
    }
  }

  private static void give(Tensor parameter, Tensor gradient) {
    try (var tape = Tape.open()) {
      tape.backward(parameter.times(gradient).sum());
    }
  }

  private static void give(
      org.bytedeco.pytorch.Tensor parameter, org.bytedeco.pytorch.Tensor gradient) {
    if (parameter.grad().defined()) {
      parameter.mutable_grad().zero_();
    }
    parameter.mul(gradient).sum().backward();
  }
}
