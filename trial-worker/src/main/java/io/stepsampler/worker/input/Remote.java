package io.stepsampler.worker.input;

import java.util.List;

/** Files that are not on this machine, as one team may read them. */
interface Remote {

    RemoteFile file(String key, String location) throws Refusal;

    /** Every file below it, at least one, each with its name below the folder; at most what the cache can hold. */
    List<RemoteFile> folder(String key, String location) throws Refusal;
}
