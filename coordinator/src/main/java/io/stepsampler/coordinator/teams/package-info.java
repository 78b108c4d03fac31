/** What belongs to a team besides its searches: keys, limits, and the record of its changes. */
@NullMarked
package io.stepsampler.coordinator.teams;

import org.jspecify.annotations.NullMarked;
