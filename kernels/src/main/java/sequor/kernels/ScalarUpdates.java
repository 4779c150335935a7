package sequor.kernels;

/// Optimizer steps, weight by weight.
final class ScalarUpdates implements Updates {
  @Override
  public void sgd(Floats p, Floats g, Floats velocity, Sgd step) {
    float[] ps = HeapFloats.of(p);
    float[] gs = HeapFloats.of(g);
    float[] vs = HeapFloats.of(velocity);
    float mu = step.momentum();
    for (int i = 0; i < step.n(); i++) {
      float gradient = gs[i] + step.weightDecay() * ps[i];
      if (mu != 0) {
        float v = step.first() ? gradient : mu * vs[i] + (1 - step.dampening()) * gradient;
        vs[i] = v;
        gradient = step.nesterov() ? gradient + mu * v : v;
      }
      ps[i] -= step.rate() * gradient;
    }
  }

  @Override
  public void adam(Floats p, Floats g, Floats m, Floats v, Adam step) {
    float[] ps = HeapFloats.of(p);
    float[] gs = HeapFloats.of(g);
    float[] ms = HeapFloats.of(m);
    float[] vs = HeapFloats.of(v);
    float rate = step.correctedRate();
    float root = step.correctedRoot();
    float keep = step.decoupled() ? 1 - step.rate() * step.weightDecay() : 1;
    float decay = step.decoupled() ? 0 : step.weightDecay();
    for (int i = 0; i < step.n(); i++) {
      float gradient = gs[i] + decay * ps[i];
      ms[i] = step.beta1() * ms[i] + (1 - step.beta1()) * gradient;
      vs[i] = step.beta2() * vs[i] + (1 - step.beta2()) * gradient * gradient;
      float deviation = (float) Math.sqrt(vs[i]) / root + step.epsilon(); // √v̂ + ε
      ps[i] = keep * ps[i] - rate * ms[i] / deviation;
    }
  }

  @Override
  public void adagrad(Floats p, Floats g, Floats sum, Adagrad step) {
    float[] ps = HeapFloats.of(p);
    float[] gs = HeapFloats.of(g);
    float[] sums = HeapFloats.of(sum);
    for (int i = 0; i < step.n(); i++) {
      float gradient = gs[i] + step.weightDecay() * ps[i];
      sums[i] += gradient * gradient;
      ps[i] -= step.rate() * gradient / ((float) Math.sqrt(sums[i]) + step.epsilon());
    }
  }

  @Override
  public void adadelta(Floats p, Floats g, Floats square, Floats accumulated, Adadelta step) {
    float[] ps = HeapFloats.of(p);
    float[] gs = HeapFloats.of(g);
    float[] squares = HeapFloats.of(square);
    float[] deltas = HeapFloats.of(accumulated);
    float rho = step.rho();
    for (int i = 0; i < step.n(); i++) {
      float gradient = gs[i] + step.weightDecay() * ps[i];
      squares[i] = rho * squares[i] + (1 - rho) * gradient * gradient;
      float delta =
          (float) Math.sqrt(deltas[i] + step.epsilon())
              / (float) Math.sqrt(squares[i] + step.epsilon())
              * gradient;
      deltas[i] = rho * deltas[i] + (1 - rho) * delta * delta;
      ps[i] -= step.rate() * delta;
    }
  }

  @Override
  public void rmsProp(Floats p, Floats g, Floats square, Floats buffer, RmsProp step) {
    float[] ps = HeapFloats.of(p);
    float[] gs = HeapFloats.of(g);
    float[] squares = HeapFloats.of(square);
    float[] buffers = HeapFloats.of(buffer);
    float alpha = step.alpha();
    for (int i = 0; i < step.n(); i++) {
      float gradient = gs[i] + step.weightDecay() * ps[i];
      squares[i] = alpha * squares[i] + (1 - alpha) * gradient * gradient;
      float change = gradient / ((float) Math.sqrt(squares[i]) + step.epsilon());
      if (step.momentum() != 0) {
        change += step.momentum() * buffers[i];
        buffers[i] = change;
      }
      ps[i] -= step.rate() * change;
    }
  }
}
