/// Arithmetic on flat buffers.
///
/// A kernel knows numbers and sizes and nothing of tensors. Each family is an interface with a
/// scalar implementation here that is the readable truth, and a twin in `kernels-vector` that is
/// the fast one; a test compares them over awkward sizes.
///
/// Conventions, the same in every family:
///
/// - Buffers come first, in reading order (inputs, then outputs), sizes last. A buffer may be
///   longer than its sizes say, because the tape hands out pooled memory.
/// - A forward kernel overwrites its output. A backward kernel *adds into* the gradients it is
///   given; a gradient buffer of length 0 says that this gradient is not required.
/// - Numbers lie row-major; the last axis is contiguous.
/// - Every sum has an order that depends on the sizes alone, never on the number of threads, so
///   that the same input gives the same bits anywhere on the same kind of machine.
///
/// Letters: B batch, T steps, D input size, H hidden size, G gates, V vocabulary.
///
/// Open first: [sequor.kernels.Kernels], [sequor.kernels.Products], [sequor.kernels.Recurrences].
@NullMarked
package sequor.kernels;

import org.jspecify.annotations.NullMarked;
