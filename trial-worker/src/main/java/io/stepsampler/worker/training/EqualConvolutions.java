package io.stepsampler.worker.training;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes cuDNN choose kernels that give equal numbers for equal trials, as {@code torch.backends.cudnn.deterministic}
 * does: without it equal trials of small convolutional nets differ by half of their loss. DJL has no switch for it;
 * PyTorch's library has, under the names that C++ compilers give to {@code at::globalContext}, {@code
 * at::Context::setDeterministicCuDNN} and {@code at::Context::deterministicCuDNN}.
 */
final class EqualConvolutions {

    private static final Logger LOG = LoggerFactory.getLogger(EqualConvolutions.class);
    private static final String CONTEXT = "_ZN2at13globalContextEv";
    private static final String SET = "_ZN2at7Context21setDeterministicCuDNNEb";
    private static final String GET = "_ZNK2at7Context18deterministicCuDNNEv";

    private EqualConvolutions() {}

    /** Whether it is so from now on. PyTorch must have been loaded. */
    static boolean demand() {
        try {
            Path library = Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("torch_cpu"));
            NativeLibrary torch = NativeLibrary.getInstance(library.toString());
            Pointer context = torch.getFunction(CONTEXT).invokePointer(new Object[0]);
            torch.getFunction(SET).invokeVoid(new Object[] {context, 1});
            return (torch.getFunction(GET).invokeInt(new Object[] {context}) & 1) == 1;
        } catch (UnsatisfiedLinkError e) {
            LOG.debug("PyTorch's library has another name or other functions", e);
            return false;
        }
    }
}
