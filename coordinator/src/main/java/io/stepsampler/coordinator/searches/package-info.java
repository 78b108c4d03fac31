/** What happens to a search from its submission to its one final state. */
@NullMarked
package io.stepsampler.coordinator.searches;

import org.jspecify.annotations.NullMarked;
