@NullMarked
package io.stepsampler.analyzer.messaging;

import org.jspecify.annotations.NullMarked;
