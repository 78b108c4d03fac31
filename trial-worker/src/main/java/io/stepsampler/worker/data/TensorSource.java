package io.stepsampler.worker.data;

import io.stepsampler.worker.input.Refusal;

/**
 * A file of tensors as refusals name it.
 *
 * @param key where the search file names it
 * @param formats what it may be
 */
record TensorSource(String key, String location, String formats) {

    static TensorSource safetensors(String key, String location) {
        return new TensorSource(key, location, ".safetensors");
    }

    static TensorSource either(String key, String location) {
        return new TensorSource(key, location, ".npz or .safetensors");
    }

    Refusal malformed(String reason) {
        return Refusal.badInput(key, location, "it must be a whole " + formats + " file (" + reason + ")");
    }
}
