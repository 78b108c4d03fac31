/** A look at a search on its user's own machine, before anything is queued. */
@NullMarked
package io.stepsampler.worker.check;

import org.jspecify.annotations.NullMarked;
