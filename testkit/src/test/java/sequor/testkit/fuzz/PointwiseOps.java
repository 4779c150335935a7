package sequor.testkit.fuzz;

import static sequor.testkit.fuzz.Needs.RESULT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import sequor.kernels.Unary;
import sequor.tensor.CustomOp;
import sequor.tensor.Op;
import sequor.tensor.Shape;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.testkit.fuzz.Source.Kind;
import sequor.testkit.fuzz.Step.Phase;

/// Ops that work number by number.
final class PointwiseOps {
  private PointwiseOps() {}

  static List<FuzzOp> all() {
    var ops = new ArrayList<FuzzOp>();
    ops.add(ofTwo("plus", Tensor::plus, Trace::plus, Needs.NOTHING));
    ops.add(ofTwo("minus", Tensor::minus, Trace::minus, Needs.NOTHING));
    ops.add(ofTwo("times", Tensor::times, Trace::times, Needs.partners()));
    var quotient =
        new Needs(
            (changed, tracked) ->
                changed.contains(1) || (changed.containsAll(List.of(0, RESULT)) && tracked.get(1)),
            Set.of(0, 1, RESULT));
    ops.add(ofTwo("dividedBy", Tensor::dividedBy, Trace::dividedBy, quotient));
    var choice = Needs.maybe(0, 1);
    ops.add(ofTwo("maximum", Tensor::maximum, (t, a, b) -> extreme(t, a, b, 1), choice));
    ops.add(ofTwo("minimum", Tensor::minimum, (t, a, b) -> extreme(t, a, b, -1), choice));
    ops.add(compare("equalTo", Tensor::equalTo, 0));
    ops.add(compare("notEqualTo", Tensor::notEqualTo, -1, 1));
    ops.add(compare("lessThan", Tensor::lessThan, -1));
    ops.add(compare("lessOrEqual", Tensor::lessOrEqual, -1, 0));
    ops.add(compare("greaterThan", Tensor::greaterThan, 1));
    ops.add(compare("greaterOrEqual", Tensor::greaterOrEqual, 0, 1));
    ops.add(FuzzOp.always("pow", PointwiseOps::power));
    ops.add(FuzzOp.always("pow of a number", PointwiseOps::powerOfNumber));
    ops.add(FuzzOp.always("maskedFill", PointwiseOps::maskedFill));
    ops.add(affine("plus a number", "%%s.plus(%sf)", Tensor::plus, (t, x, c) -> t.affine(x, 1, c)));
    ops.add(
        affine("minus a number", "%%s.minus(%sf)", Tensor::minus, (t, x, c) -> t.affine(x, 1, -c)));
    ops.add(
        affine("times a number", "%%s.times(%sf)", Tensor::times, (t, x, c) -> t.affine(x, c, 0)));
    ops.add(
        affine(
            "divided by a number",
            "%%s.dividedBy(%sf)",
            Tensor::dividedBy,
            (t, x, c) -> t.affine(x, 1.0 / c, 0)));
    ops.add(
        affine(
            "maximum of a number",
            "%%s.maximum(%sf)",
            Tensor::maximum,
            (t, x, c) -> held(t, x, c, Double.POSITIVE_INFINITY)));
    ops.add(
        affine(
            "minimum of a number",
            "%%s.minimum(%sf)",
            Tensor::minimum,
            (t, x, c) -> held(t, x, Double.NEGATIVE_INFINITY, c)));
    ops.add(FuzzOp.always("clamp", PointwiseOps::clamp));
    ops.add(
        FuzzOp.always(
            "negate",
            draw ->
                map(
                    "negate",
                    "%s.negate()",
                    draw.tensor(),
                    Tensor::negate,
                    Curve.of(Unary.NEGATE),
                    Needs.NOTHING)));
    for (var f : Unary.values()) {
      ops.add(unary(f));
    }
    ops.add(FuzzOp.always("where", PointwiseOps::where));
    ops.add(new FuzzOp("dropout", PointwiseOps::dropout));
    ops.add(FuzzOp.always("custom", PointwiseOps::custom));
    return ops;
  }

  // Of two tensors

  /// One number of two.
  interface OfTwo {
    int of(Trace trace, int a, int b);
  }

  private static FuzzOp ofTwo(String name, BinaryOperator<Tensor> run, OfTwo plain, Needs needs) {
    return FuzzOp.always(
        name,
        draw -> {
          int a = draw.tensor();
          int b = partner(draw, a, name.equals("dividedBy"));
          boolean turned = !name.equals("dividedBy") && draw.chance(50);
          var inputs = turned ? List.of(b, a) : List.of(a, b);
          return broadcast(name, inputs, run, plain).needing(needs);
        });
  }

  private static Call broadcast(
      String name, List<Integer> inputs, BinaryOperator<Tensor> run, OfTwo plain) {
    return Call.of(
        name,
        "%s." + name + "(%s)",
        inputs,
        in -> run.apply(in.get(0), in.get(1)),
        (t, in) -> broadcast(t, in.get(0), in.get(1), plain));
  }

  static Ref broadcast(Trace t, Ref a, Ref b, OfTwo plain) {
    var shape = Ref.broadcast(a.shape(), b.shape());
    return Ref.of(
        shape,
        place -> {
          int[] index = Ref.index(shape, place);
          return plain.of(
              t,
              a.node(Ref.broadcastPlace(a.shape(), index)),
              b.node(Ref.broadcastPlace(b.shape(), index)));
        });
  }

  /// A second tensor that a first can be broadcast against, sometimes the first itself.
  private static int partner(Draw draw, int a, boolean awayFromZero) {
    DoublePredicate away = x -> !awayFromZero || Math.abs(x) > 0.2;
    if (draw.chance(10) && Arrays.stream(draw.values(a)).allMatch(away)) {
      return a;
    }
    return draw.existing(
            i ->
                Ref.fits(draw.shape(a), draw.shape(i))
                    && Ref.broadcast(draw.shape(a), draw.shape(i)).size() <= draw.most()
                    && Arrays.stream(draw.values(i)).allMatch(away))
        .orElseGet(() -> draw.leaf(awayFromZero ? Kind.AWAY : Kind.NORMAL, partnerDims(draw, a)));
  }

  /// Dims to broadcast against: fewer of them, some of them 1, and larger ones where there is a 1.
  private static int[] partnerDims(Draw draw, int a) {
    int[] dims = draw.shape(a).dims();
    int dropped = draw.chance(30) ? draw.between(0, dims.length) : 0;
    int[] other = Arrays.copyOfRange(dims, dropped, dims.length);
    int size = draw.shape(a).size();
    for (int i = 0; i < other.length; i++) {
      if (other[i] == 1 && size <= draw.most() / 6 && draw.chance(60)) {
        other[i] = draw.between(1, 5);
        size *= other[i];
      } else if (draw.chance(25)) {
        other[i] = 1;
      }
    }
    return other;
  }

  static Call plus(int a, int b) {
    return broadcast("plus", List.of(a, b), Tensor::plus, Trace::plus);
  }

  static Call times(int a, int b) {
    return broadcast("times", List.of(a, b), Tensor::times, Trace::times).needing(Needs.partners());
  }

  static Call tanh(int x) {
    return map("tanh", "%s.tanh()", x, Tensor::tanh, Curve.of(Unary.TANH), Needs.all(RESULT));
  }

  private static int extreme(Trace t, int a, int b, int sign) {
    t.apart(t.value(a) - t.value(b), a == b ? 0 : t.error(a) + t.error(b));
    if (t.value(a) == t.value(b)) {
      return t.shared(a, b);
    }
    return t.same(sign * t.value(a) >= sign * t.value(b) ? a : b);
  }

  private static FuzzOp compare(String name, BinaryOperator<Tensor> run, int... wanted) {
    return FuzzOp.always(
        name,
        draw -> {
          int a = draw.tensor();
          OfTwo plain =
              (t, x, y) -> {
                t.apart(t.value(x) - t.value(y), x == y ? 0 : t.error(x) + t.error(y));
                int sign = (int) Math.signum(t.value(x) - t.value(y));
                return t.constant(Arrays.stream(wanted).anyMatch(i -> i == sign) ? 1 : 0);
              };
          return broadcast(name, List.of(a, partner(draw, a, false)), run, plain).passive(0, 1);
        });
  }

  // Of one tensor

  /// An op of a tensor and a number.
  private interface Numbered {
    Tensor of(Tensor x, float c);
  }

  private interface PlainNumbered {
    int of(Trace trace, int x, double c);
  }

  private static FuzzOp affine(String name, String java, Numbered run, PlainNumbered plain) {
    boolean chooses = name.contains("imum");
    return FuzzOp.always(
        name,
        draw -> {
          float drawn = draw.number() + (chooses ? 0.05f : 0);
          float c = drawn == 0 ? 0.5f : drawn;
          return ofOne(
                  name,
                  java.formatted(c),
                  draw.tensor(),
                  x -> run.of(x, c),
                  (t, x) -> plain.of(t, x, c))
              .needing(chooses ? Needs.either(0, RESULT) : Needs.NOTHING);
        });
  }

  /// One number of one.
  private interface OfOne {
    int of(Trace trace, int x);
  }

  private static Call ofOne(
      String name, String java, int x, Function<Tensor, Tensor> run, OfOne plain) {
    return Call.of(
        name,
        java,
        List.of(x),
        in -> run.apply(in.getFirst()),
        (t, in) -> Ref.of(in.getFirst().shape(), i -> plain.of(t, in.getFirst().node(i))));
  }

  private static Call map(
      String name, String java, int x, Function<Tensor, Tensor> run, Curve f, Needs needs) {
    return ofOne(name, java, x, run, (t, i) -> t.map(f, i)).needing(needs);
  }

  private static FuzzOp unary(Unary f) {
    var needs =
        switch (f) {
          case NEGATE, SIGN, FLOOR, CEIL, ROUND -> Needs.NOTHING;
          case ABS, SQUARE, LOG, LOG1P, SIN, COS, ERF, SOFTPLUS, GELU -> Needs.all(0);
          case SQRT, RSQRT, RECIPROCAL, EXP, EXPM1, SIGMOID, TANH -> Needs.all(RESULT);
          case RELU, LEAKY_RELU, ELU, LOG_SIGMOID -> Needs.either(0, RESULT);
          case SILU -> Needs.all(0).orMaybe(RESULT);
        };
    DoublePredicate domain =
        switch (f) {
          case SQRT, RSQRT, LOG -> x -> x > 0.05;
          case LOG1P -> x -> x > -0.9;
          case RECIPROCAL -> x -> Math.abs(x) > 0.1;
          case EXP, EXPM1 -> x -> x < 5;
          case SQUARE -> x -> Math.abs(x) < 50;
          default -> _ -> true;
        };
    boolean positive = f == Unary.SQRT || f == Unary.RSQRT || f == Unary.LOG || f == Unary.LOG1P;
    var otherwise = positive ? Kind.POSITIVE : Kind.AWAY;
    var name = "map " + f.name().toLowerCase(Locale.ROOT);
    return FuzzOp.always(
        name,
        draw ->
            map(
                name,
                "%s.map(Unary." + f + ")",
                draw.tensorOf(domain, otherwise),
                x -> x.map(f),
                Curve.of(f),
                needs));
  }

  private static Call power(Draw draw) {
    int a = draw.tensorOf(x -> x > 0.1 && x < 20, Kind.POSITIVE);
    int b =
        draw.existing(
                i ->
                    Ref.fits(draw.shape(a), draw.shape(i))
                        && Ref.broadcast(draw.shape(a), draw.shape(i)).size() <= draw.most()
                        && Arrays.stream(draw.values(i)).allMatch(x -> Math.abs(x) < 3))
            .orElseGet(() -> draw.leaf(Kind.AWAY, partnerDims(draw, a)));
    return broadcast("pow", List.of(a, b), Tensor::pow, Trace::power).needing(Needs.all(0, 1));
  }

  private static Call powerOfNumber(Draw draw) {
    int x = draw.tensorOf(v -> v > 0.1 && v < 20, Kind.POSITIVE);
    float b = draw.chance(50) ? draw.oneOf(2f, 0.5f, -0.5f, -1f, 0f, 1f) : draw.number();
    return ofOne(
            "pow of a number",
            "%%s.pow(%sf)".formatted(b),
            x,
            in -> in.pow(b),
            (t, i) -> t.power(i, t.constant(b)))
        .needing(Needs.maybe(0, RESULT));
  }

  private static Call clamp(Draw draw) {
    float low = draw.between(-9, 2) / 10f + 0.05f;
    float high = low + draw.between(1, 15) / 10f;
    return ofOne(
            "clamp",
            "%%s.clamp(%sf, %sf)".formatted(low, high),
            draw.tensor(),
            x -> x.clamp(low, high),
            (t, x) -> held(t, x, low, high))
        .needing(Needs.either(0, RESULT));
  }

  private static int held(Trace t, int x, double low, double high) {
    double at = t.value(x);
    t.clear(at - low, t.error(x));
    t.clear(at - high, t.error(x));
    return at < low ? t.constant(low) : at > high ? t.constant(high) : t.same(x);
  }

  /// All three are broadcast.
  private static Call where(Draw draw) {
    int a = draw.tensor();
    int b = draw.chance(10) ? a : partner(draw, a, false);
    var shape = Ref.broadcast(draw.shape(a), draw.shape(b));
    int[] dims = maskDims(draw, shape);
    int mask = draw.chance(50) ? draw.leaf(Kind.COINS, false, dims) : draw.like(Kind.COINS, dims);
    return Call.of(
            "where",
            "%s.where(%s, %s)",
            List.of(a, mask, b),
            in -> in.get(0).where(in.get(1), in.get(2)),
            (t, in) ->
                Ref.of(
                    shape,
                    place -> {
                      int[] index = Ref.index(shape, place);
                      int m = broadcastNode(in.get(1), index);
                      t.apart(t.value(m), t.error(m));
                      return broadcastNode(in.get(t.value(m) == 0 ? 2 : 0), index);
                    }))
        .passive(1)
        .needing(Needs.all(1));
  }

  private static int broadcastNode(Ref x, int... index) {
    return x.node(Ref.broadcastPlace(x.shape(), index));
  }

  /// Dims that can be broadcast to a shape.
  private static int[] maskDims(Draw draw, Shape shape) {
    int[] dims = shape.dims();
    int[] other =
        Arrays.copyOfRange(dims, draw.chance(30) ? draw.between(0, dims.length) : 0, dims.length);
    return Arrays.stream(other).map(dim -> draw.chance(25) ? 1 : dim).toArray();
  }

  private static Call maskedFill(Draw draw) {
    int x = draw.tensor();
    var shape = draw.shape(x);
    int mask = draw.like(Kind.COINS, maskDims(draw, shape));
    float value = draw.number();
    return Call.of(
            "maskedFill",
            "%%s.maskedFill(%%s, %sf)".formatted(value),
            List.of(x, mask),
            in -> in.get(0).maskedFill(in.get(1), value),
            (t, in) ->
                Ref.of(
                    shape,
                    place -> {
                      int m = broadcastNode(in.get(1), Ref.index(shape, place));
                      t.apart(t.value(m), t.error(m));
                      return t.value(m) == 0 ? in.get(0).node(place) : t.constant(value);
                    }))
        .passive(1)
        .needing(Needs.all(1));
  }

  /// Only where a tape is open, which says who is dropped; the same places in every one.
  private static Optional<Call> dropout(Draw draw) {
    if (draw.phase() == Phase.BEFORE) {
      return Optional.empty();
    }
    int x = draw.tensor();
    float p = draw.between(1, 8) / 10f;
    float[] kept;
    try (var _ = Tape.open(draw::coin)) {
      kept = Tensor.ones(draw.shape(x).dims()).dropout(p).toArray();
    }
    double scale = 1 / (1 - (double) p);
    return Optional.of(
        Call.of(
            "dropout",
            "%%s.dropout(%sf)".formatted(p),
            List.of(x),
            in -> in.getFirst().dropout(p),
            (t, in) ->
                Ref.of(
                    in.getFirst().shape(),
                    i -> t.affine(in.getFirst().node(i), kept[i] == 0 ? 0 : scale, 0))));
  }

  private static Call custom(Draw draw) {
    return map(
        "custom",
        "Op.apply(new OwnRelu(%s))",
        draw.tensor(),
        x -> Op.apply(new OwnRelu(x)),
        Curve.of(Unary.RELU),
        Needs.all(0).orMaybe(RESULT));
  }

  /// Another relu, as a user would write it.
  record OwnRelu(Tensor x) implements CustomOp {
    @Override
    public List<Tensor> inputs() {
      return List.of(x);
    }

    @Override
    public Shape shape() {
      return x.shape();
    }

    @Override
    public void forward(Tensor y) {
      y.assign(x.maximum(0));
    }

    @Override
    public void backward(Tensor y) {
      x.addGrad(y.grad().times(x.greaterThan(0))); // dx += dy · [x > 0]
    }
  }
}
