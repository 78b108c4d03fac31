/** A noisy curve over the logarithm of the learning rate: its fall and its valley, and how well each is known. */
@NullMarked
package io.stepsampler.method.estimate;

import org.jspecify.annotations.NullMarked;
