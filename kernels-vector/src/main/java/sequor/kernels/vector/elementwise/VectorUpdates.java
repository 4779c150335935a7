package sequor.kernels.vector.elementwise;

import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.Parallel;
import sequor.kernels.Updates;

/// Optimizer steps in ranges, by all threads. The loops are as plain as the scalar ones: without a
/// branch in them the JIT turns them into vector instructions by itself.
public final class VectorUpdates implements Updates {
  private static final int GRAIN = 1 << 14;

  @Override
  public void sgd(Floats p, Floats g, Floats velocity, Sgd step) {
    float[] ps = HeapFloats.of(p);
    float[] gs = HeapFloats.of(g);
    float[] vs = HeapFloats.of(velocity);
    Parallel.ranges(
        step.n(),
        GRAIN,
        (from, to) -> {
          if (step.momentum() == 0) {
            plainSgd(ps, gs, step, from, to);
          } else {
            momentumSgd(ps, gs, vs, step, from, to);
          }
        });
  }

  private static void plainSgd(float[] p, float[] g, Sgd step, int from, int to) {
    float rate = step.rate();
    float decay = step.weightDecay();
    for (int i = from; i < to; i++) {
      p[i] -= rate * (g[i] + decay * p[i]);
    }
  }

  private static void momentumSgd(
      float[] p, float[] g, float[] velocity, Sgd step, int from, int to) {
    float rate = step.rate();
    float decay = step.weightDecay();
    float mu = step.momentum();
    float damped = 1 - step.dampening();
    if (step.first()) {
      for (int i = from; i < to; i++) {
        velocity[i] = g[i] + decay * p[i];
      }
    } else {
      for (int i = from; i < to; i++) {
        velocity[i] = mu * velocity[i] + damped * (g[i] + decay * p[i]);
      }
    }
    if (step.nesterov()) {
      for (int i = from; i < to; i++) {
        p[i] -= rate * (g[i] + decay * p[i] + mu * velocity[i]);
      }
    } else {
      for (int i = from; i < to; i++) {
        p[i] -= rate * velocity[i];
      }
    }
  }

  @Override
  public void adam(Floats p, Floats g, Floats m, Floats v, Adam step) {
    float[] ps = HeapFloats.of(p);
    float[] gs = HeapFloats.of(g);
    float[] ms = HeapFloats.of(m);
    float[] vs = HeapFloats.of(v);
    Parallel.ranges(step.n(), GRAIN, (from, to) -> adam(ps, gs, ms, vs, step, from, to));
  }

  private static void adam(
      float[] p, float[] g, float[] m, float[] v, Adam step, int from, int to) {
    float rate = step.correctedRate();
    float root = step.correctedRoot();
    float epsilon = step.epsilon();
    float beta1 = step.beta1();
    float beta2 = step.beta2();
    float keep = step.decoupled() ? 1 - step.rate() * step.weightDecay() : 1;
    float decay = step.decoupled() ? 0 : step.weightDecay();
    for (int i = from; i < to; i++) {
      float gradient = g[i] + decay * p[i];
      float mean = beta1 * m[i] + (1 - beta1) * gradient;
      float square = beta2 * v[i] + (1 - beta2) * gradient * gradient;
      m[i] = mean;
      v[i] = square;
      p[i] = keep * p[i] - rate * mean / ((float) Math.sqrt(square) / root + epsilon);
    }
  }

  @Override
  public void adagrad(Floats p, Floats g, Floats sum, Adagrad step) {
    float[] ps = HeapFloats.of(p);
    float[] gs = HeapFloats.of(g);
    float[] sums = HeapFloats.of(sum);
    Parallel.ranges(step.n(), GRAIN, (from, to) -> adagrad(ps, gs, sums, step, from, to));
  }

  private static void adagrad(float[] p, float[] g, float[] sums, Adagrad step, int from, int to) {
    float rate = step.rate();
    float epsilon = step.epsilon();
    float decay = step.weightDecay();
    for (int i = from; i < to; i++) {
      float gradient = g[i] + decay * p[i];
      float sum = sums[i] + gradient * gradient;
      sums[i] = sum;
      p[i] -= rate * gradient / ((float) Math.sqrt(sum) + epsilon);
    }
  }

  @Override
  public void adadelta(Floats p, Floats g, Floats square, Floats accumulated, Adadelta step) {
    float[] ps = HeapFloats.of(p);
    float[] gs = HeapFloats.of(g);
    float[] squares = HeapFloats.of(square);
    float[] deltas = HeapFloats.of(accumulated);
    Parallel.ranges(
        step.n(), GRAIN, (from, to) -> adadelta(ps, gs, squares, deltas, step, from, to));
  }

  private static void adadelta(
      float[] p, float[] g, float[] squares, float[] deltas, Adadelta step, int from, int to) {
    float rate = step.rate();
    float rho = step.rho();
    float epsilon = step.epsilon();
    float decay = step.weightDecay();
    for (int i = from; i < to; i++) {
      float gradient = g[i] + decay * p[i];
      float square = rho * squares[i] + (1 - rho) * gradient * gradient;
      float delta =
          (float) Math.sqrt(deltas[i] + epsilon) / (float) Math.sqrt(square + epsilon) * gradient;
      squares[i] = square;
      deltas[i] = rho * deltas[i] + (1 - rho) * delta * delta;
      p[i] -= rate * delta;
    }
  }

  @Override
  public void rmsProp(Floats p, Floats g, Floats square, Floats buffer, RmsProp step) {
    float[] ps = HeapFloats.of(p);
    float[] gs = HeapFloats.of(g);
    float[] squares = HeapFloats.of(square);
    float[] buffers = HeapFloats.of(buffer);
    Parallel.ranges(
        step.n(), GRAIN, (from, to) -> rmsProp(ps, gs, squares, buffers, step, from, to));
  }

  private static void rmsProp(
      float[] p, float[] g, float[] squares, float[] buffers, RmsProp step, int from, int to) {
    float rate = step.rate();
    float alpha = step.alpha();
    float epsilon = step.epsilon();
    float decay = step.weightDecay();
    float mu = step.momentum();
    for (int i = from; i < to; i++) {
      float gradient = g[i] + decay * p[i];
      squares[i] = alpha * squares[i] + (1 - alpha) * gradient * gradient;
    }
    if (mu == 0) {
      for (int i = from; i < to; i++) {
        p[i] -= rate * ((g[i] + decay * p[i]) / ((float) Math.sqrt(squares[i]) + epsilon));
      }
      return;
    }
    for (int i = from; i < to; i++) {
      float change = (g[i] + decay * p[i]) / ((float) Math.sqrt(squares[i]) + epsilon);
      buffers[i] = mu * buffers[i] + change;
      p[i] -= rate * buffers[i];
    }
  }
}
