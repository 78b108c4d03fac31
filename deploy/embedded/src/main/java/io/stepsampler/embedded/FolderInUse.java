package io.stepsampler.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** Another live process holds the lock of a folder. */
public final class FolderInUse extends IOException {

    FolderInUse(Path folder, String owner) {
        super("the folder " + folder + " is in use by process " + (owner.isBlank() ? "(unknown)" : owner));
    }
}
