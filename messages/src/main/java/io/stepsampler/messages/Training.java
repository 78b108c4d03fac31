package io.stepsampler.messages;

/**
 * How a trial trains.
 *
 * @param batchSize rows for each optimizer step
 * @param steps optimizer steps of one trial
 * @param seed of the order of examples, augmentation and dropout
 */
public record Training(Loss loss, Optimizer optimizer, int batchSize, int steps, long seed) {}
