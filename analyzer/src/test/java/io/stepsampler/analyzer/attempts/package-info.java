@NullMarked
package io.stepsampler.analyzer.attempts;

import org.jspecify.annotations.NullMarked;
