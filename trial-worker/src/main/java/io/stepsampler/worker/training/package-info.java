/** One trial: reset, train on the same batches, evaluate. */
@NullMarked
package io.stepsampler.worker.training;

import org.jspecify.annotations.NullMarked;
