/** Draws the small image set of the demonstration. */
@NullMarked
package io.stepsampler.local.demo;

import org.jspecify.annotations.NullMarked;
