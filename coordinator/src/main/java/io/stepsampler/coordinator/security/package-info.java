/** From the bearer token of a request to the caller. */
@NullMarked
package io.stepsampler.coordinator.security;

import org.jspecify.annotations.NullMarked;
