/** One handler for each incoming message: the flow of this service. */
@NullMarked
package io.stepsampler.coordinator.messaging;

import org.jspecify.annotations.NullMarked;
