@NullMarked
package io.stepsampler.coordinator.webhooks;

import org.jspecify.annotations.NullMarked;
