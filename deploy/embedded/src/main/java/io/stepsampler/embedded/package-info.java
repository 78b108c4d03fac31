/** A real Kafka broker and a real Postgres server in one process or a child process, for tests and the local mode. */
@NullMarked
package io.stepsampler.embedded;

import org.jspecify.annotations.NullMarked;
