package io.stepsampler.local.stack;

import java.util.Map;

/**
 * How PyTorch's memory is kept. Threads of Java allocate from small heaps that glibc gives back after every step and asks
 * for again; from one heap that it keeps, in large pages, a step is about a tenth shorter.
 */
public final class PyTorchMemory {

    public static final Map<String, String> ENVIRONMENT = Map.of(
            "GLIBC_TUNABLES",
            "glibc.malloc.arena_max=1:glibc.malloc.mmap_threshold=17179869184"
                    + ":glibc.malloc.trim_threshold=17179869184:glibc.malloc.hugetlb=1");

    private PyTorchMemory() {}
}
