/** Sends events to webhooks. */
@NullMarked
package io.stepsampler.coordinator.sending;

import org.jspecify.annotations.NullMarked;
