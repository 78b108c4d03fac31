@NullMarked
package io.stepsampler.coordinator.security;

import org.jspecify.annotations.NullMarked;
