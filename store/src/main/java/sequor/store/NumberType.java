package sequor.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// The number types of the safetensors format. Those from which float32 can be had without a model
/// in mind are read; the others are known only by their size.
enum NumberType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  U64(8),
  U32(4),
  I16(2),
  U16(2),
  I8(1),
  U8(1),
  BOOL(1),
  F8_E5M2(1),
  F8_E4M3(1);

  /// A bfloat16 is the upper half of a float32.
  private static final int HALF = 16;

  private final int bytes;

  NumberType(int bytes) {
    this.bytes = bytes;
  }

  static Optional<NumberType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /// How many bytes a number takes.
  int bytes() {
    return bytes;
  }

  boolean isFloat() {
    return this == F64 || this == F32 || this == F16 || this == BF16;
  }

  /// Whether it cannot hold weights: whole numbers, such as ids or positions, and truth values.
  boolean isWhole() {
    return switch (this) {
      case I64, I32, U64, U32, I16, U16, I8, U8, BOOL -> true;
      case F64, F32, F16, BF16, F8_E5M2, F8_E4M3 -> false;
    };
  }

  boolean isId() {
    return this == I64 || this == I32;
  }

  /// Reads `n` numbers into `values` from `at` on. F64 is rounded to the nearest float32.
  ///
  /// @throws ArithmeticException if a finite one is beyond what float32 holds
  void readFloats(ByteBuffer in, float[] values, int at, int n) {
    switch (this) {
      case F32 -> in.asFloatBuffer().get(values, at, n);
      case F64 -> {
        for (int i = 0; i < n; i++) {
          values[at + i] = narrow(in.getDouble(i * Double.BYTES));
        }
      }
      case F16 -> {
        for (int i = 0; i < n; i++) {
          values[at + i] = Float.float16ToFloat(in.getShort(i * Short.BYTES));
        }
      }
      case BF16 -> {
        for (int i = 0; i < n; i++) {
          values[at + i] = Float.intBitsToFloat(in.getShort(i * Short.BYTES) << HALF);
        }
      }
      default -> throw new AssertionError("%s holds no floats".formatted(this));
    }
  }

  private static float narrow(double wide) {
    float value = (float) wide;
    if (Float.isInfinite(value) && !Double.isInfinite(wide)) {
      throw new ArithmeticException(Double.toString(wide));
    }
    return value;
  }

  /// Reads `n` whole numbers into `values` from `at` on.
  ///
  /// @throws ArithmeticException if one does not fit 32 bits
  void readIds(ByteBuffer in, int[] values, int at, int n) {
    switch (this) {
      case I32 -> in.asIntBuffer().get(values, at, n);
      case I64 -> {
        for (int i = 0; i < n; i++) {
          values[at + i] = Math.toIntExact(in.getLong(i * Long.BYTES));
        }
      }
      default -> throw new AssertionError("%s holds no ids".formatted(this));
    }
  }
}
