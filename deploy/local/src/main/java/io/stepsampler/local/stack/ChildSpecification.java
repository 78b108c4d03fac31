package io.stepsampler.local.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One child process.
 *
 * @param environment added to the launcher's own; secrets go here, because other users can read arguments
 * @param log receives what the child prints
 */
record ChildSpecification(
        String name, List<String> command, Map<String, String> environment, Path log, ReadySign readySign) {

    ChildSpecification {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
