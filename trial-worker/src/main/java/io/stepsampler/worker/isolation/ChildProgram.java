package io.stepsampler.worker.isolation;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The command line of a child: this program's own Java and classes. */
final class ChildProgram {

    private ChildProgram() {}

    static List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-Xm") || argument.startsWith("-XX:Max"))
                .forEach(command::add);
        command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        command.add("-cp");
        command.add(classPath(System.getProperty("java.class.path")));
        command.add(TrialServer.class.getName());
        return command;
    }

    /** The packaged application's class path is one jar that only its own loader understands. */
    static String classPath(String own) {
        return Arrays.stream(own.split(File.pathSeparator))
                .filter(element -> element.endsWith("quarkus-run.jar"))
                .findFirst()
                .map(jar -> Path.of(jar).toAbsolutePath().getParent())
                .map(application -> String.join(
                        File.pathSeparator,
                        application + "/app/*",
                        application + "/lib/main/*",
                        application + "/lib/boot/*"))
                .orElse(own);
    }
}
