/** A trial in a process of its own, for a probe after which workers have died. */
@NullMarked
package io.stepsampler.worker.isolation;

import org.jspecify.annotations.NullMarked;
