@NullMarked
package io.stepsampler.coordinator.identity;

import org.jspecify.annotations.NullMarked;
