/** Who calls, for which team, and what that allows: plain decisions, no framework. */
@NullMarked
package io.stepsampler.coordinator.identity;

import org.jspecify.annotations.NullMarked;
