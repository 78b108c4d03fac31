@NullMarked
package io.stepsampler.coordinator.messaging;

import org.jspecify.annotations.NullMarked;
