/** What follows from an outcome: the decisions of the method, applied. */
@NullMarked
package io.stepsampler.analyzer.rounds;

import org.jspecify.annotations.NullMarked;
