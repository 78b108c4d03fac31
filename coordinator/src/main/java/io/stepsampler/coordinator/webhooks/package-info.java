/** What is sent to a team's webhooks, where it may go, and what an answer means: plain decisions, no framework. */
@NullMarked
package io.stepsampler.coordinator.webhooks;

import org.jspecify.annotations.NullMarked;
