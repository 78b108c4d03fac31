package io.stepsampler.worker.data;

import ai.djl.ndarray.types.Shape;

/**
 * A tensor that a safetensors header tells of.
 *
 * @param from where its bytes begin, counted from the end of the header
 * @param to where they have ended
 */
record StoredTensor(String name, StoredType type, Shape shape, long from, long to) {}
