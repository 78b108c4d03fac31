@NullMarked
package io.stepsampler.coordinator.deployment;

import org.jspecify.annotations.NullMarked;
