/** What a search names: which files may be read, how they are digested, and how a search is refused. */
@NullMarked
package io.stepsampler.worker.input;

import org.jspecify.annotations.NullMarked;
