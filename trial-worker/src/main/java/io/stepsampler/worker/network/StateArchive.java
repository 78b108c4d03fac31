package io.stepsampler.worker.network;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.stepsampler.worker.script.StoredZip;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The same archive, whose module has one method more: it answers with the tensors that the engine does not show. */
final class StateArchive {

    private static final String METHOD = "stepsampler_state";
    private static final String DEBUGGING = ".debug_pkl";

    private StateArchive() {}

    static InputStream of(byte[] content, TorchScriptArchive archive, List<ModuleState.Held> held) throws IOException {
        ZipContent zip = ZipContent.of(content);
        byte[] source = archive.withMethod(method(archive, held)).getBytes(StandardCharsets.ISO_8859_1);
        StoredZip written = new StoredZip(content.length + source.length);
        for (String name : zip.names()) {
            if (name.equals(archive.sourceEntry())) {
                written.add(name, source);
            } else if (!name.endsWith(DEBUGGING)) {
                written.add(name, zip.read(name, content.length).orElseThrow());
            }
        }
        return written.stream();
    }

    /** What the method answers, of a module that has it. */
    static List<PtNDArray> tensors(PtSymbolBlock module, NDManager owner) {
        try (IValue tensors = IValueUtils.runMethod(module, METHOD)) {
            return List.of(tensors.toTensorArray((PtNDManager) owner));
        }
    }

    private static String method(TorchScriptArchive archive, List<ModuleState.Held> held) {
        String head = """
                  def %s(self: %s.%s) -> List[Tensor]:
                    state = annotate(List[Tensor], [])
                """.formatted(METHOD, archive.module(), archive.className());
        return held.stream().map(StateArchive::addition).collect(Collectors.joining("", head, "    return state\n"));
    }

    private static String addition(ModuleState.Held held) {
        return held.mayBeAbsent() ? """
                    held = %s
                    if torch.__isnot__(held, None):
                      state.append(unchecked_cast(Tensor, held))
                """.formatted(held.path()) : "    state.append(%s)\n".formatted(held.path());
    }
}
