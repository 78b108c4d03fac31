/** What a deployment is made of, and what that allows and starts: plain decisions, no framework. */
@NullMarked
package io.stepsampler.coordinator.deployment;

import org.jspecify.annotations.NullMarked;
