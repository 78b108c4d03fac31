/** Which waiting search may start: plain decisions, no framework. */
@NullMarked
package io.stepsampler.coordinator.admission;

import org.jspecify.annotations.NullMarked;
