package io.stepsampler.worker.network;

import io.stepsampler.worker.script.StoredZip;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The same archive, whose module has one method more: it answers with its buffers, which the engine does not show. */
final class BufferArchive {

    static final String METHOD = "stepsampler_buffers";

    private static final String DEBUGGING = ".debug_pkl";

    private BufferArchive() {}

    /** @param buffers an expression for each */
    static byte[] of(byte[] content, TorchScriptArchive archive, List<String> buffers) throws IOException {
        String method = """
                  def %s(self: %s.%s) -> List[Tensor]:
                    return annotate(List[Tensor], [%s])
                """.formatted(METHOD, archive.module(), archive.className(), String.join(", ", buffers));
        ZipContent zip = ZipContent.of(content);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (String name : zip.names()) {
            if (!name.endsWith(DEBUGGING)) {
                entries.put(name, zip.read(name, content.length).orElseThrow());
            }
        }
        entries.put(archive.sourceEntry(), archive.withMethod(method).getBytes(StandardCharsets.ISO_8859_1));
        return StoredZip.of(entries);
    }
}
