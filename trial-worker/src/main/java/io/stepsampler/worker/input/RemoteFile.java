package io.stepsampler.worker.input;

import java.io.IOException;
import java.util.Optional;

/** A file elsewhere, and how to bring it here. */
interface RemoteFile {

    /** As the search names it. */
    String location();

    /** The path that it has here, below a folder; parts are separated by {@code /}. */
    String name();

    /** What is asked for and where, so that two files with one identity and version are the same. */
    String identity();

    /** What its server calls the content that it has now; absent where the server does not say. */
    Optional<String> version() throws Refusal, IOException;

    Download open() throws Refusal, IOException;
}
