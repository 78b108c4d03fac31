/** How messages are written as JSON, and how a search file is read. */
@NullMarked
package io.stepsampler.messages.json;

import org.jspecify.annotations.NullMarked;
