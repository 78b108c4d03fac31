package io.stepsampler.worker.data;

/**
 * A column that is read.
 *
 * @param key where the search file names it, such as {@code data.options.textColumn}
 */
record WantedColumn(String key, String name) {}
