package io.stepsampler.method.estimate;

/** Places on a falling curve, as log10 of the learning rate. */
public record FallPoints(double knee, double halfLoss, double steepest) {}
