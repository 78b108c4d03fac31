/**
 * What a search names: where its files come from and which may be read, how they are digested, and how a search is
 * refused. {@link io.stepsampler.worker.input.Sources} gives each team its {@link io.stepsampler.worker.input.Locations};
 * what is elsewhere ({@code Remote}: S3, HTTPS) is brought into the {@code Cache} and read from a {@code Lease} on it.
 */
@NullMarked
package io.stepsampler.worker.input;

import org.jspecify.annotations.NullMarked;
