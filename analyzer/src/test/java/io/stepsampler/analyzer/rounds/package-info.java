@NullMarked
package io.stepsampler.analyzer.rounds;

import org.jspecify.annotations.NullMarked;
