/** Runs Kafka, Postgres and the services as child processes on one machine. */
@NullMarked
package io.stepsampler.local.stack;

import org.jspecify.annotations.NullMarked;
