@NullMarked
package io.stepsampler.coordinator.teams;

import org.jspecify.annotations.NullMarked;
