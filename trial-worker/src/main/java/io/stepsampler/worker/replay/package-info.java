/** Trials without a network: a stored curve, interpolated. */
@NullMarked
package io.stepsampler.worker.replay;

import org.jspecify.annotations.NullMarked;
