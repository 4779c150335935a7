package sequor.speed;

/// What a matrix product gets of the machine's peak.
///
/// The share is the median of the shares of many short rounds, so that it may differ a little from
/// the quotient of the two other numbers, which are medians of their own.
///
/// @param gigaflops 10⁹ floating-point operations of the product a second
/// @param peakGigaflops the same of the [Peak], measured in between
/// @param share the product's of the peak's, in each round
/// @param cores how many cores worked on the product, on the average; fewer than there are threads
///   where other programs want them too
public record ProductShare(
    MatrixProduct product,
    int threads,
    double gigaflops,
    double peakGigaflops,
    Spread share,
    double cores) {}
