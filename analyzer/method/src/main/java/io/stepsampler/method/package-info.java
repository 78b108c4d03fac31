/**
 * Step sampling as pure decisions: which learning rates to probe next, what the curve says, and how sure that is.
 *
 * <p>Start at {@link io.stepsampler.method.StepSampling}. Nothing here stores, sends, waits or looks at a clock.
 */
@NullMarked
package io.stepsampler.method;

import org.jspecify.annotations.NullMarked;
