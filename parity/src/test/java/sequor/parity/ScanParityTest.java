package sequor.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.nn.MinGru;
import sequor.nn.MinLstm;
import sequor.nn.Recurrent;
import sequor.nn.RecurrentState;
import sequor.nn.RgLru;
import sequor.nn.S4d;
import sequor.nn.S4dCell;

/// Layers that are linear in their state, against their equations in libtorch's elementary
/// operations, step after step: it has no such layers. A state space is compared with what it is as
/// a convolution, of which it is the recurrent form.
@Tag("libtorch")
class ScanParityTest {
  private static final int BATCH = 3;
  private static final int STEPS = 9;
  private static final int INPUT = 5;
  private static final int HIDDEN = 6;

  private final RandomGenerator random = new Seed(5).generator();

  @Test
  void minGru() {
    compare(
        new MinGru(INPUT, HIDDEN, random),
        (t, gates) -> {
          var z = gates.get(0).sigmoid();
          return List.of(one().sub(z), z.mul(positive(gates.get(1))));
        },
        2);
  }

  @Test
  void minLstm() {
    compare(
        new MinLstm(INPUT, HIDDEN, random),
        (t, gates) -> {
          var f = gates.get(0).sigmoid();
          var i = gates.get(1).sigmoid();
          var sum = f.add(i);
          return List.of(f.div(sum), i.div(sum).mul(positive(gates.get(2))));
        },
        3);
  }

  @Test
  void rgLru() {
    compare(
        new RgLru(INPUT, HIDDEN, random),
        (t, gates) -> {
          var softplus = t.get("lambda_l0").exp().add(one()).log();
          var a = gates.get(0).sigmoid().mul(softplus).mul(new Scalar(-8f)).exp();
          var in = gates.get(1).sigmoid().mul(gates.get(2));
          return List.of(a, one().sub(a.square()).sqrt().mul(in));
        },
        3);
  }

  private static Tensor one() {
    return Torch.of(sequor.tensor.Tensor.of(1));
  }

  private static Tensor positive(Tensor x) {
    return torch.where(x.ge(new Scalar(0f)), x.add(new Scalar(0.5f)), x.sigmoid());
  }

  /// @param step of the sums (B,H) of each gate at one step: by what the state is multiplied, and
  ///   what is added to it
  private <S extends RecurrentState<S>> void compare(
      Recurrent<S> layer, BiFunction<Torch.Leaves, List<Tensor>, List<Tensor>> step, int gates) {
    var x = sequor.tensor.Tensor.randn(random, BATCH, STEPS, INPUT);
    var h0 = sequor.tensor.Tensor.randn(random, BATCH, HIDDEN);
    Parity.of(layer)
        .and("x", x)
        .and("state", h0)
        .checkAll(
            () -> {
              var output = layer.forward(x, layer.zeroState(BATCH).with(List.of(h0)));
              return List.of(output.hidden(), output.last().output());
            },
            t -> {
              var hidden = new TensorVector();
              var h = t.get("state");
              for (int k = 0; k < STEPS; k++) {
                var now = t.get("x").select(1, k);
                var sums = torch.linear(now, t.get("weight_ih_l0"), t.optional("bias_ih_l0"));
                var each = new ArrayList<Tensor>();
                for (int gate = 0; gate < gates; gate++) {
                  each.add(sums.narrow(1, (long) gate * HIDDEN, HIDDEN));
                }
                var ab = step.apply(t, each);
                h = ab.get(0).mul(h).add(ab.get(1));
                hidden.push_back(h);
              }
              return List.of(torch.stack(hidden, 1), h);
            });
  }

  /// `y_t = Σ_l K_l·u_{t−l}` with `K_l = Σ_p 2·Re(C_p·(λ_p − 1)/A_p·λ_pˡ)`, where `λ_pˡ` is
  /// `exp(l·Δ·A_p)`, not a product.
  @Test
  void s4dIsAConvolution() {
    var layer = new S4d(new S4dCell(INPUT, HIDDEN, 8, random));
    var x = sequor.tensor.Tensor.randn(random, BATCH, STEPS, INPUT);
    Parity.of(layer)
        .and("x", x)
        .check(
            () -> layer.forward(x).hidden(),
            t -> {
              var u = torch.linear(t.get("x"), t.get("weight_ih_l0"), t.optional("bias_ih_l0"));
              var kernel = new ArrayList<Tensor>(); // (H) for each l
              for (int l = 0; l < STEPS; l++) {
                kernel.add(kernel(t, l));
              }
              var shown = new TensorVector();
              for (int k = 0; k < STEPS; k++) {
                var y = u.select(1, k).mul(t.get("d_l0"));
                for (int l = 0; l <= k; l++) {
                  y = y.add(u.select(1, k - l).mul(kernel.get(l)));
                }
                shown.push_back(y);
              }
              var mixed =
                  torch.linear(
                      torch.gelu(torch.stack(shown, 1)),
                      t.get("weight_oh_l0"),
                      t.optional("bias_oh_l0"));
              return mixed.narrow(2, 0, HIDDEN).mul(mixed.narrow(2, HIDDEN, HIDDEN).sigmoid());
            });
  }

  private static Tensor kernel(Torch.Leaves t, int l) {
    var dt = t.get("log_dt_l0").exp().unsqueeze(1);
    var ar = t.get("log_a_real_l0").exp().neg(); // (H,P)
    var ai = t.get("a_imag_l0");
    var one = power(dt, ar, ai, 1);
    var less = new Complex(one.re.sub(one()), one.im); // λ − 1
    var size = ar.square().add(ai.square());
    var inverse = new Complex(ar.div(size), ai.neg().div(size)); // 1/A
    var c = new Complex(t.get("c_l0").select(2, 0), t.get("c_l0").select(2, 1));
    var all = c.times(less).times(inverse).times(power(dt, ar, ai, l));
    return all.re.sum(1).mul(new Scalar(2f));
  }

  private static Complex power(Tensor dt, Tensor ar, Tensor ai, int l) {
    var steps = dt.mul(new Scalar((float) l));
    var size = steps.mul(ar).exp();
    return new Complex(size.mul(steps.mul(ai).cos()), size.mul(steps.mul(ai).sin()));
  }

  private record Complex(Tensor re, Tensor im) {
    Complex times(Complex other) {
      return new Complex(
          re.mul(other.re).sub(im.mul(other.im)), re.mul(other.im).add(im.mul(other.re)));
    }
  }
}
