package sequor.tensor;

/// Numbers and where they stood: what [Reductions#topK], [Reductions#sort] and the like give.
///
/// @param values the numbers, through which the gradient flows to where they stood
/// @param indices their places along the axis, in the shape of the values
public record Ranked(Tensor values, Ids indices) {}
