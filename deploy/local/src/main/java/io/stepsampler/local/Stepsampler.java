package io.stepsampler.local;

import io.stepsampler.local.stack.StackFailure;
import java.io.IOException;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "stepsampler",
        description = "Finds a learning rate by step sampling.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = CommandLine.ScopeType.INHERIT,
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            SearchCommand.class,
            CheckCommand.class,
            AnalyzeCommand.class,
            ListCommand.class,
            ShowCommand.class,
            CancelCommand.class,
            LoginCommand.class
        })
public final class Stepsampler {

    private Stepsampler() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        return new CommandLine(new Stepsampler())
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
    }

    private static int report(Exception failure) throws Exception {
        if (failure instanceof Complaint complaint) {
            System.err.println(complaint.getMessage());
            return complaint.exitCode();
        }
        if (failure instanceof StackFailure) {
            System.err.println(failure.getMessage());
            return ExitCodes.FAILED;
        }
        if (failure instanceof FileSystemException ofFile) {
            System.err.println(ofFile.getFile() + " cannot be used: " + Reason.of(ofFile));
            return ExitCodes.FAILED;
        }
        if (failure instanceof IOException exchange) {
            System.err.println(Reason.of(exchange));
            return ExitCodes.FAILED;
        }
        throw failure;
    }
}
