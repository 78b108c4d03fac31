/** Whether a probe is tried again: plain decisions, no framework. */
@NullMarked
package io.stepsampler.analyzer.attempts;

import org.jspecify.annotations.NullMarked;
