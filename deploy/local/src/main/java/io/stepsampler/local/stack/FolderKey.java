package io.stepsampler.local.stack;

import io.stepsampler.messages.ApiKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** The API key of a folder's stack: made at its first start and kept, so that it opens the later ones too. */
record FolderKey(Path folder) {

    private static final String NAME = "api-key";

    ApiKey get() throws IOException {
        Path file = folder.resolve(NAME);
        if (Files.exists(file)) {
            return ApiKey.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip())
                    .orElseThrow(() ->
                            new IOException(file + " holds no API key; delete it, and the next start makes a new one"));
        }
        ApiKey made = ApiKey.generate(new SecureRandom());
        PrivateFile.write(file, (made.text() + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
        return made;
    }
}
