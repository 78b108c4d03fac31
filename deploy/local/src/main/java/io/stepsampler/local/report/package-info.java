/** What the command line shows of a search. */
@NullMarked
package io.stepsampler.local.report;

import org.jspecify.annotations.NullMarked;
