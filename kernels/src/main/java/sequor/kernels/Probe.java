package sequor.kernels;

/// Arithmetic without memory: what a machine could do if numbers were always at hand.
public interface Probe {
  /// Nothing but multiply-adds on numbers in registers, on the calling thread.
  ///
  /// @param rounds how often each of the probe's numbers is multiplied and added to
  /// @return how many floating-point operations that were, two for every multiply-add
  long multiplyAdds(int rounds);
}
