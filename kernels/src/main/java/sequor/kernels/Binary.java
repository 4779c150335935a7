package sequor.kernels;

/// Functions of two numbers. Comparisons answer 1 for true and 0 for false.
public enum Binary {
  ADD,
  SUBTRACT,
  MULTIPLY,
  DIVIDE,
  MAXIMUM,
  MINIMUM,
  EQUAL,
  LESS,
  GREATER
}
